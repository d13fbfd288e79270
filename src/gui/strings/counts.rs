//! Numbers with their words.

use super::UiLanguage;

impl UiLanguage {
    /// "The first 200,000 of 294,000 hits are listed".
    pub(in crate::gui) fn first_of(self, listed: usize, total: usize) -> String {
        let (listed, total) = (grouped(listed), grouped(total));
        match self {
            Self::English => format!("The first {listed} of {total} hits are listed"),
            Self::Chinese => format!("共 {total} 处命中，列出前 {listed} 处"),
        }
    }

    /// "12 of 14 passages; 3 are coded so already".
    pub(in crate::gui) fn passages_to_code(
        self,
        ticked: usize,
        possible: usize,
        known: usize,
    ) -> String {
        match self {
            Self::English if known > 0 => {
                format!("{ticked} of {possible} passages; {known} coded so already")
            }
            Self::English => format!("{ticked} of {possible} passages"),
            Self::Chinese if known > 0 => {
                format!("共 {possible} 个片段，选中 {ticked} 个；另有 {known} 个已有此编码")
            }
            Self::Chinese => format!("共 {possible} 个片段，选中 {ticked} 个"),
        }
    }

    /// "Code 12 passages".
    pub(in crate::gui) fn code_passages(self, n: usize) -> String {
        match self {
            Self::English if n == 1 => "Code 1 passage".to_owned(),
            Self::English => format!("Code {} passages", grouped(n)),
            Self::Chinese => format!("编码 {} 个片段", grouped(n)),
        }
    }

    /// "In 8 of 31 documents; DP 0.42 (0: as evenly as the text, 1: all in one place)".
    pub(in crate::gui) fn spread_of(self, dp: f64, with: usize, of: usize) -> String {
        match self {
            Self::English => format!(
                "In {with} of {of} documents · DP {dp:.2} (0: spread as the text is, 1: all in one place)"
            ),
            Self::Chinese => {
                format!("{of} 份文档中的 {with} 份 · DP {dp:.2}（0 为均匀分布，1 为集中一处）")
            }
        }
    }

    /// "Right in 62 % of cases; the likeliest code is right in 48 % of coded sentences (the most frequent code: 12 %), by cross-validation".
    pub(in crate::gui) fn quality_of_suggestions(
        self,
        precision: Option<f64>,
        (first, baseline): (Option<f64>, Option<f64>),
        folds: usize,
    ) -> String {
        let percent = |share: Option<f64>| {
            share.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0))
        };
        let (right, first, baseline) = (percent(precision), percent(first), percent(baseline));
        match self {
            Self::English => format!(
                "Measured on documents it had not seen (cross-validation in {folds} parts): suggestions right in {right}; likeliest code right in {first} of coded sentences, the most frequent code in {baseline}."
            ),
            Self::Chinese => format!(
                "{folds} 折交叉验证（在未学过的文档上）：建议正确率 {right}；已编码句子的首选编码正确率 {first}，只猜最常用编码为 {baseline}。"
            ),
        }
    }

    /// "31 documents".
    pub(in crate::gui) fn n_documents(self, n: usize) -> String {
        self.count(n, ["document", "documents"], "份文档")
    }

    /// "1,204 characters".
    pub(in crate::gui) fn n_characters(self, n: usize) -> String {
        self.count(n, ["character", "characters"], "个字符")
    }

    /// "63 turns".
    pub(in crate::gui) fn n_turns(self, n: usize) -> String {
        self.count(n, ["turn", "turns"], "个话轮")
    }

    /// "12 codings".
    pub(in crate::gui) fn n_codings(self, n: usize) -> String {
        self.count(n, ["coding", "codings"], "处编码")
    }

    /// "9 segments".
    pub(in crate::gui) fn n_segments(self, n: usize) -> String {
        self.count(n, ["segment", "segments"], "个片段")
    }

    /// "57 hits".
    pub(in crate::gui) fn n_hits(self, n: usize) -> String {
        self.count(n, ["hit", "hits"], "处命中")
    }

    /// "3 codes".
    pub(in crate::gui) fn n_codes(self, n: usize) -> String {
        self.count(n, ["code", "codes"], "个编码")
    }

    /// "2 subcodes".
    pub(in crate::gui) fn n_subcodes(self, n: usize) -> String {
        self.count(n, ["subcode", "subcodes"], "个下级编码")
    }

    /// "2 memos".
    pub(in crate::gui) fn n_memos(self, n: usize) -> String {
        self.count(n, ["memo", "memos"], "条备忘")
    }

    /// "1 link".
    pub(in crate::gui) fn n_links(self, n: usize) -> String {
        self.count(n, ["link", "links"], "条关联")
    }

    /// "3 ticked".
    pub(in crate::gui) fn n_ticked(self, n: usize) -> String {
        match self {
            Self::English => format!("{} ticked", grouped(n)),
            Self::Chinese => format!("已勾选 {} 个", grouped(n)),
        }
    }

    /// "in 12 documents".
    pub(in crate::gui) fn in_documents(self, n: usize) -> String {
        match self {
            Self::English => format!("in {}", self.n_documents(n)),
            Self::Chinese => format!("分布于 {}", self.n_documents(n)),
        }
    }

    /// "31 codings in 12 documents".
    pub(in crate::gui) fn codings_in(self, codings: usize, documents: usize) -> String {
        let between = if self == Self::English { " " } else { "，" };
        format!(
            "{}{between}{}",
            self.n_codings(codings),
            self.in_documents(documents)
        )
    }

    /// "8 of 12 families".
    pub(in crate::gui) fn of_families(self, with: usize, of: usize) -> String {
        match self {
            Self::English => format!("{with} of {}", self.n_families(of)),
            Self::Chinese => format!("{of} 个家庭中有 {with} 个"),
        }
    }

    /// "12 codings, 5 of them its own".
    pub(in crate::gui) fn own_of_all(self, own: usize, all: usize) -> String {
        match self {
            _ if own == all => self.n_codings(all),
            Self::English => format!("{}, {} of them its own", self.n_codings(all), grouped(own)),
            Self::Chinese => format!("{}，其中本编码 {}", self.n_codings(all), grouped(own)),
        }
    }

    /// "Merge Belonging into…".
    pub(in crate::gui) fn merge_title(self, codes: &str) -> String {
        match self {
            Self::English => format!("Merge {codes} into…"),
            Self::Chinese => format!("将“{codes}”合并到…"),
        }
    }

    /// "Belonging becomes Needs".
    pub(in crate::gui) fn merge_sentence(self, goes: &str, stays: &str) -> String {
        match self {
            Self::English => format!("{goes} → {stays}: this comes together"),
            Self::Chinese => format!("{goes} → {stays}：将合并以下内容"),
        }
    }

    /// "Recode 3 codings".
    pub(in crate::gui) fn recode_title(self, n: usize) -> String {
        match self {
            Self::English => format!("Another code for {}", self.n_codings(n)),
            Self::Chinese => format!("为 {} 更换编码", self.n_codings(n)),
        }
    }

    /// "Split 3 codings off Belonging".
    pub(in crate::gui) fn split_title(self, n: usize, code: &str) -> String {
        match self {
            Self::English => format!("Split {} off {code}", self.n_codings(n)),
            Self::Chinese => format!("从“{code}”拆分 {}", self.n_codings(n)),
        }
    }

    /// "Remove Belonging?".
    pub(in crate::gui) fn remove_title(self, codes: &str) -> String {
        match self {
            Self::English => format!("Remove {codes}?"),
            Self::Chinese => format!("删除“{codes}”？"),
        }
    }

    /// "Along go 2 subcodes, 31 codings in 12 documents and 1 memo."
    pub(in crate::gui) fn goes_along(self, things: &[String]) -> String {
        match (self, things) {
            (Self::English, [others @ .., last]) if !others.is_empty() => {
                format!("Along go {} and {last}.", others.join(", "))
            }
            (Self::English, _) => format!("Along go {}.", things.join(", ")),
            (Self::Chinese, _) => format!("将一并删除：{}。", things.join("、")),
        }
    }

    /// "8 families".
    pub(in crate::gui) fn n_families(self, n: usize) -> String {
        self.count(n, ["family", "families"], "个家庭")
    }

    /// "2 codings keep other bounds, 1 coding loses all its words and goes".
    pub(in crate::gui) fn correction(self, resized: usize, removed: usize, memos: usize) -> String {
        if (resized, removed, memos) == (0, 0, 0) {
            return match self {
                Self::English => "Every coding keeps its words.".to_owned(),
                Self::Chinese => "所有编码片段保持原有文字。".to_owned(),
            };
        }
        let mut parts = Vec::new();
        let mut part = |n: usize, english: String, chinese: &str| {
            if n > 0 {
                parts.push(if self == Self::English {
                    english
                } else {
                    format!("{} {chinese}", grouped(n))
                });
            }
        };
        part(
            resized,
            format!(
                "{} reaching into the corrected words get new bounds",
                self.n_codings(resized)
            ),
            "处编码片段的边界随之调整",
        );
        part(
            removed,
            format!("{} with no words left go", self.n_codings(removed)),
            "处编码片段因文字全部删除而移除",
        );
        part(
            memos,
            format!("{} on them go too", self.n_memos(memos)),
            "条相关备忘一并删除",
        );
        parts.join(if self == Self::English { "; " } else { "；" })
    }

    /// "In 12 documents; in 3 of them the two become one speaker."
    pub(in crate::gui) fn renaming(self, documents: usize, merged: usize) -> String {
        match (self, merged) {
            (Self::English, 0) => format!("In {}.", self.n_documents(documents)),
            (Self::English, _) => format!(
                "In {}; in {merged} of them the two become one speaker.",
                self.n_documents(documents)
            ),
            (Self::Chinese, 0) => format!("涉及 {documents} 份文档。"),
            (Self::Chinese, _) => {
                format!("涉及 {documents} 份文档；其中 {merged} 份里两者合并为同一说话人。")
            }
        }
    }

    fn count(self, n: usize, english: [&str; 2], chinese: &str) -> String {
        match self {
            Self::English => format!("{} {}", grouped(n), english[usize::from(n != 1)]),
            Self::Chinese => format!("{} {chinese}", grouped(n)),
        }
    }

    /// "12 codings by An".
    pub(in crate::gui) fn codings_by(self, n: usize, coder: &str) -> String {
        match self {
            Self::English => format!("{} by {coder}", self.n_codings(n)),
            Self::Chinese => format!("{coder} {n} 处编码"),
        }
    }

    /// "36 % of text coded".
    pub(in crate::gui) fn share_coded(self, percent: u32) -> String {
        match self {
            Self::English => format!("{percent} % of text coded"),
            Self::Chinese => format!("已编码 {percent} % 的文本"),
        }
    }
}

/// A number with its thousands set off.
pub(in crate::gui) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_agree() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(UiLanguage::English.n_turns(1), "1 turn");
        assert_eq!(UiLanguage::English.n_codings(1204), "1,204 codings");
    }
}
