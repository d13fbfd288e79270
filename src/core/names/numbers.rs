//! Numbers and addresses that lead to a person: telephones, identity numbers, plates, accounts, dates of birth.

use std::sync::LazyLock;

use regex::Regex;

use super::{Found, LIKELY, Letters, NameKind, POSSIBLE, SURE};

/// A form of numbers: what it is, how it looks, how sure it is.
struct Form {
    kind: NameKind,
    pattern: Regex,
    confidence: u8,
}

/// The patterns, the more special ones first. Where a pattern has a group, the group is the mention.
static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let digit = "[零〇○一幺二两三四五六七八九]";
    let spoken = format!(r"{digit}{{3,4}}[，、, ]?{digit}{{3,4}}[，、, ]?{digit}{{3,4}}");
    let forms: &[(NameKind, &str, u8)] = &[
        (
            NameKind::Account,
            r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
            SURE,
        ),
        (
            NameKind::Account,
            r"(?:^|[^A-Za-z0-9._@])(@[A-Za-z0-9_][A-Za-z0-9_.]{1,29}[A-Za-z0-9_])",
            LIKELY,
        ),
        (
            NameKind::Account,
            r"(?i)(?:QQ|扣扣)(?:群|号码?)?\s?(?:是|为|[:：])?\s?([1-9][0-9]{4,11})",
            SURE,
        ),
        (
            NameKind::Account,
            r"(?i)(?:微信|wechat|weixin|line|抖音|instagram|insta|snapchat|snap|tiktok|telegram|whatsapp)(?:号码?|\s?id|账号|用户名)?\s?(?:是|为|叫|[:：])\s?([A-Za-z0-9][A-Za-z0-9_.-]{4,29})",
            SURE,
        ),
        (
            NameKind::Identity,
            r"[1-9][0-9]{5}(?:18|19|20)[0-9]{9}[0-9Xx]",
            LIKELY,
        ),
        (
            NameKind::Identity,
            r"(?-u:\b)[A-Z][1289][0-9]{8}(?-u:\b)",
            LIKELY,
        ),
        (
            NameKind::Identity,
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·• -]?[A-Z0-9]{5,6}",
            SURE,
        ),
        (
            NameKind::Identity,
            r"(?-u:\b)[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D](?-u:\b)",
            LIKELY,
        ),
        (
            NameKind::Identity,
            r"(?-u:\b)[A-Z]{2}[0-9]{2} ?[A-Z]{3}(?-u:\b)",
            LIKELY,
        ),
        (
            NameKind::Identity,
            r"(?-u:\b)[0-9]{3}[- ][0-9]{2}[- ][0-9]{4}(?-u:\b)",
            LIKELY,
        ),
        (
            NameKind::Phone,
            r"(?:\+|00)[1-9][0-9]{0,2}[- ]?(?:\(0\))?(?:[- ]?[0-9]{2,4}){2,4}",
            SURE,
        ),
        (
            NameKind::Phone,
            r"(?-u:\b)1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?-u:\b)",
            SURE,
        ),
        (
            NameKind::Phone,
            r"(?-u:\b)0[0-9]{2,3}[- ]?[0-9]{7,8}(?-u:\b)",
            LIKELY,
        ),
        (
            NameKind::Phone,
            r"(?-u:\b)0[0-9]{1,4}\)?[- ]?[0-9]{3,4}[- ]?[0-9]{3,4}(?-u:\b)",
            LIKELY,
        ),
        (
            NameKind::Phone,
            r"\(?(?-u:\b)[2-9][0-9]{2}\)?[-. ][0-9]{3}[-. ][0-9]{4}(?-u:\b)",
            LIKELY,
        ),
    ];
    let mut all: Vec<Form> = forms
        .iter()
        .filter_map(|(kind, pattern, confidence)| form(*kind, pattern, *confidence))
        .collect();
    all.extend(form(NameKind::Phone, &spoken, LIKELY));
    all
});

/// Dates in full.
static DATES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let month = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";
    let patterns = [
        r"(?:(?:19|20)[0-9]{2}|[0-9]{2,3}|[零〇○一二三四五六七八九]{4})年(?:农历|阴历|腊月|正月)?[0-9一二三四五六七八九十]{0,3}月?(?:初|廿)?[0-9一二三四五六七八九十]{1,3}[日号]?".to_owned(),
        r"(?:农历|阴历)?[0-9一二三四五六七八九十正腊]{1,3}月(?:初|廿)?[0-9一二三四五六七八九十]{1,3}[日号]?".to_owned(),
        r"(?-u:\b)[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}(?-u:\b)".to_owned(),
        format!(r"(?-u:\b)[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? {month}\.?,?(?: [0-9]{{4}}(?-u:\b))?"),
        format!(r"(?-u:\b){month}\.? [0-9]{{1,2}}(?:st|nd|rd|th)?(?-u:\b),?(?: [0-9]{{4}}(?-u:\b))?"),
    ];
    patterns
        .iter()
        .filter_map(|pattern| Regex::new(pattern).ok())
        .collect()
});

/// What says that a date is one of birth, in the same sentence.
static BIRTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)生日|出生|生的|生于|诞生|生下|生了|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|(?-u:\b)born(?-u:\b)|birthday|birth|(?-u:\b)d\.?o\.?b(?-u:\b)").ok()
});

fn form(kind: NameKind, pattern: &str, confidence: u8) -> Option<Form> {
    let pattern = Regex::new(pattern);
    debug_assert!(pattern.is_ok(), "{pattern:?}");
    Some(Form {
        kind,
        pattern: pattern.ok()?,
        confidence,
    })
}

/// All numbers and addresses of a text.
pub(super) fn find(letters: &Letters) -> Vec<Found> {
    let text: String = letters.plain.iter().collect();
    let positions = Positions::new(&text);
    let mut found: Vec<Found> = Vec::new();
    for form in FORMS.iter() {
        for captures in form.pattern.captures_iter(&text) {
            let Some(whole) = captures.get(1).or_else(|| captures.get(0)) else {
                continue;
            };
            let (start, end) = (positions.of(whole.start()), positions.of(whole.end()));
            let inside = letters.before(start).is_ascii_digit() || letters.at(end).is_ascii_digit();
            let overlaps = found
                .iter()
                .any(|other| start < other.end && other.start < end);
            if inside || overlaps {
                continue;
            }
            let mut confidence = form.confidence;
            if form.kind == NameKind::Identity && end - start == 18 {
                confidence = if fits_checksum(whole.as_str()) {
                    SURE
                } else {
                    POSSIBLE
                };
            }
            found.push(Found {
                start,
                end,
                kind: form.kind,
                confidence,
            });
        }
    }
    births(letters, &text, &positions, &mut found);
    found
}

fn births(letters: &Letters, text: &str, positions: &Positions, found: &mut Vec<Found>) {
    let Some(birth) = BIRTH.as_ref() else {
        return;
    };
    for pattern in DATES.iter() {
        for date in pattern.find_iter(text) {
            let (start, end) = (positions.of(date.start()), positions.of(date.end()));
            let overlaps = found
                .iter()
                .any(|other| start < other.end && other.start < end);
            if !overlaps && birth.is_match(&sentence_around(letters, start, end)) {
                found.push(Found {
                    start,
                    end,
                    kind: NameKind::BirthDate,
                    confidence: LIKELY,
                });
            }
        }
    }
}

/// The sentence that a stretch belongs to; a point within a number doesn't end one.
fn sentence_around(letters: &Letters, start: usize, end: usize) -> String {
    let ends = |at: usize| match letters.at(at) {
        '\n' | '。' | '！' | '？' | '!' | '?' => true,
        '.' => !letters.at(at + 1).is_alphanumeric(),
        _ => false,
    };
    let from = (0..start).rev().find(|at| ends(*at)).map_or(0, |at| at + 1);
    let to = (end..letters.len())
        .find(|at| ends(*at))
        .unwrap_or(letters.len());
    letters.text(from, to)
}

/// Returns true if the last character of an identity number of 18 fits the others (GB 11643-1999).
fn fits_checksum(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let sum: u32 = number
        .chars()
        .zip(WEIGHTS)
        .map(|(c, weight)| c.to_digit(10).unwrap_or(0) * weight)
        .sum();
    let last = number.chars().last().map(|c| c.to_ascii_uppercase());
    last == CHECKS.get(sum as usize % 11).copied()
}

/// Code points of bytes.
struct Positions(Vec<usize>);

impl Positions {
    fn new(text: &str) -> Self {
        Self(text.char_indices().map(|(byte, _)| byte).collect())
    }

    fn of(&self, byte: usize) -> usize {
        self.0.partition_point(|own| *own < byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(String, &'static str, u8)> {
        let letters = Letters::new(text);
        let mut found = find(&letters);
        found.sort_by_key(|found| found.start);
        found
            .into_iter()
            .map(|found| {
                (
                    letters.text(found.start, found.end),
                    found.kind.key(),
                    found.confidence,
                )
            })
            .collect()
    }

    #[test]
    fn numbers_are_told_apart() {
        for (text, expected, kind) in [
            ("手机是139 0000 0213，晚上打", "139 0000 0213", "phone"),
            (
                "打幺三九，零零零零，零二一三",
                "幺三九，零零零零，零二一三",
                "phone",
            ),
            ("座机0592-5550100", "0592-5550100", "phone"),
            ("call 07700 900213 after six", "07700 900213", "phone"),
            ("my QQ号是100020003吧", "100020003", "account"),
            ("微信号：luo_yu77", "luo_yu77", "account"),
            (
                "write to j.rook@example.org please",
                "j.rook@example.org",
                "account",
            ),
            ("she's @lil_rook on there", "@lil_rook", "account"),
            ("车牌是粤B·8K216", "粤B·8K216", "id"),
            ("the plate was AB12 CDE", "AB12 CDE", "id"),
            (
                "I was born on 14 March 2012",
                "14 March 2012",
                "date_of_birth",
            ),
            ("born 14/03/2012.", "14/03/2012", "date_of_birth"),
            ("他是2014年6月1日生的", "2014年6月1日", "date_of_birth"),
            (
                "生日是民国八十九年五月三日",
                "八十九年五月三日",
                "date_of_birth",
            ),
        ] {
            let found = all(text);
            assert!(
                found
                    .iter()
                    .any(|(own, own_kind, _)| own.ends_with(expected) && *own_kind == kind)
                    || found
                        .iter()
                        .any(|(own, own_kind, _)| expected.ends_with(own.as_str())
                            && *own_kind == kind),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn an_identity_number_is_surer_with_its_check_digit() {
        assert_eq!(
            all("证号11010519491231002X。"),
            [("11010519491231002X".to_owned(), "id", SURE)]
        );
        assert_eq!(
            all("证号110105194912310021。"),
            [("110105194912310021".to_owned(), "id", POSSIBLE)]
        );
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "2025年3月11日，星期二上午十点",
            "a score of 23 in 2024, 105 pages, page 12-14",
            "[00:02:10] 3.5 hours, 10:30",
            "一个月那点钱，来回四十分钟，七八个人",
            "on 3 May 2024 we met again",
        ] {
            assert_eq!(all(text), [], "{text}");
        }
    }
}
