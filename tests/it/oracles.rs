//! Statistics against cases with known answers: every file of the folder that `TAIN_ORACLES` names (by default `../shared/oracles`).
//!
//! A case has a `statistic`, its `input`, the `expected` figures and a `tolerance`; `{"undefined": ..}` wants an undefined figure, `{"range": ..}` one within.

use std::{collections::BTreeMap, fs, path::PathBuf, sync::Arc};

use serde_json::{Map, Value, json};
use tain::{
    analysis::{
        cooccurrence::{self, CoOccurrence, CooccurrenceUnit, cooccurrence},
        frequency::{self, Columns, Filter, FrequencyOptions, Measure, Rows, frequency, table},
    },
    model::{
        Project,
        case::{Case, CaseKind},
        code::{Code, Hue},
        coding::{Coding, Origin},
        document::{Content, Document, DocumentSource, Turn},
        ids::{CaseId, CodeId, CoderId, CodingId, DocumentId},
        localized::Localized,
        revision::TextHistory,
        text::{ContentHash, DocumentText, TextRange},
    },
    statistics::{
        Figure, Undefined, association, contingency, fisher, paired, saturation, scale, words,
    },
};

#[test]
#[expect(clippy::print_stderr, reason = "what is skipped is said")]
fn oracles() {
    let folder = std::env::var_os("TAIN_ORACLES").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/oracles"),
        PathBuf::from,
    );
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!(
            "skipped: there is no folder {}; TAIN_ORACLES can name another",
            folder.display()
        );
        return;
    };
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    paths.sort();
    let (mut passed, mut failing, mut skipped) = (0, Vec::new(), BTreeMap::new());
    for path in &paths {
        let cases: Vec<Value> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        for case in &cases {
            let (name, statistic) = (
                case["name"].as_str().unwrap(),
                case["statistic"].as_str().unwrap(),
            );
            let Some(answer) = answer(statistic, &case["input"]) else {
                *skipped.entry(statistic.to_owned()).or_insert(0) += 1;
                continue;
            };
            let mut wrong = Vec::new();
            compare(
                &answer,
                &case["expected"],
                &case["tolerance"],
                "",
                &mut wrong,
            );
            if wrong.is_empty() {
                passed += 1;
            } else {
                failing.push(format!("{name} ({statistic}): {}", wrong.join("; ")));
            }
        }
    }
    eprintln!(
        "{passed} cases of {} files pass; statistics that don't exist yet, with the number of their cases: {skipped:?}",
        paths.len()
    );
    assert!(
        failing.is_empty(),
        "{} cases fail:\n{}",
        failing.len(),
        failing.join("\n")
    );
    let known = skipped
        .keys()
        .all(|statistic| LATER.contains(&statistic.as_str()));
    assert!(known, "a statistic has no name here: {skipped:?}");
}

/// Statistics that the program doesn't have: agreement of coders, which comes later, and tf-idf.
const LATER: &[&str] = &[
    "agreement_bootstrap",
    "brennan_prediger",
    "cohen_kappa",
    "fleiss_kappa",
    "gamma",
    "gamma_alignment",
    "gamma_dissimilarity",
    "gwet_ac1",
    "holsti",
    "krippendorff_alpha",
    "nvivo_comparison",
    "percent_agreement",
    "scott_pi",
    "span_agreement_character",
    "span_agreement_overlap",
    "span_agreement_segment",
    "tfidf",
    "unitizing_1995",
    "unitizing_2016",
    "weighted_kappa",
    "wilson_interval",
];

/// Names what differs from what is expected.
fn compare(got: &Value, expected: &Value, tolerance: &Value, key: &str, wrong: &mut Vec<String>) {
    let mut differs = || wrong.push(format!("{key}: got {got}, expected {expected}"));
    match expected {
        Value::Object(fields) if fields.contains_key("undefined") => {
            if got["undefined"].as_str().is_none_or(str::is_empty) {
                differs();
            }
        }
        Value::Object(fields) if fields.contains_key("range") => {
            let within = |got: f64| {
                fields["range"][0].as_f64().unwrap() <= got
                    && got <= fields["range"][1].as_f64().unwrap()
            };
            if !got.as_f64().is_some_and(within) {
                differs();
            }
        }
        Value::Object(fields) => {
            for (name, expected) in fields {
                compare(
                    &got[name],
                    expected,
                    tolerance,
                    &format!("{key}/{name}"),
                    wrong,
                );
            }
        }
        Value::Array(items) => match got.as_array() {
            Some(found) if found.len() == items.len() => {
                for (at, (got, expected)) in found.iter().zip(items).enumerate() {
                    compare(got, expected, tolerance, &format!("{key}/{at}"), wrong);
                }
            }
            _ => differs(),
        },
        Value::Number(_) => {
            let expected = expected.as_f64().unwrap();
            let name = key
                .rsplit('/')
                .find(|part| part.parse::<usize>().is_err())
                .unwrap_or_default();
            let tolerance = tolerance
                .as_f64()
                .or_else(|| tolerance[name].as_f64())
                .or_else(|| tolerance["default"].as_f64())
                .unwrap();
            if !got
                .as_f64()
                .is_some_and(|got| (got - expected).abs() <= tolerance * expected.abs().max(1.0))
            {
                differs();
            }
        }
        other => {
            if got != other {
                differs();
            }
        }
    }
}

/// What the program says; `None` for a statistic that it doesn't have.
fn answer(statistic: &str, input: &Value) -> Option<Value> {
    Some(match statistic {
        "chi_square" => chi_square(input),
        "fisher_exact" => json!({ "p": figure(fisher::exact(&counts(&input["table"]))) }),
        "code_case_table" => code_case_table(input),
        "cooccurrence" => codes_together(input),
        "cooccurrence_counts" => {
            json!({ "c_coefficient": figure(association::c_coefficient(whole(&input["n1"]), whole(&input["n2"]), whole(&input["n12"]))) })
        }
        "wilcoxon_signed_rank" => wilcoxon(input),
        "sign_test" => sign_test(input),
        "paired_t" => paired_t(input),
        "mcnemar" => mcnemar(input),
        "cronbach_alpha" => cronbach(input),
        "scale_score" => scale_score(input),
        "saturation" => saturated(input),
        "keyness" => keyness(input),
        "dispersion" => dispersion(input),
        "lexical_diversity" => diversity(input),
        _ => return None,
    })
}

fn undefined(reason: Undefined) -> Value {
    json!({ "undefined": reason.code() })
}

fn figure(figure: Figure) -> Value {
    figure.map_or_else(undefined, |figure| json!(figure))
}

fn whole(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn wholes(value: &Value) -> Vec<usize> {
    value.as_array().unwrap().iter().map(whole).collect()
}

fn counts(table: &Value) -> Vec<Vec<u64>> {
    table
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            row.as_array()
                .unwrap()
                .iter()
                .map(|cell| cell.as_u64().unwrap())
                .collect()
        })
        .collect()
}

fn answers(rows: &Value) -> Vec<Vec<Option<f64>>> {
    rows.as_array()
        .unwrap()
        .iter()
        .map(|row| row.as_array().unwrap().iter().map(Value::as_f64).collect())
        .collect()
}

fn chi_square(input: &Value) -> Value {
    match contingency::chi_square(&counts(&input["table"])) {
        Err(reason) => {
            json!({ "dropped_rows": [], "dropped_columns": [], "chi2": undefined(reason), "p": undefined(reason),
            "cramers_v": undefined(reason), "cramers_v_bias_corrected": undefined(reason) })
        }
        Ok(found) => {
            let mut answer = json!({
                "n": found.n, "dropped_rows": found.dropped_rows, "dropped_columns": found.dropped_columns, "chi2": found.chi2, "df": found.df,
                "p": found.p, "cramers_v": found.cramers_v, "cramers_v_bias_corrected": figure(found.cramers_v_bias_corrected),
                "min_expected": found.min_expected, "cells_expected_below_5": found.cells_expected_below_5, "expected": found.expected,
                "pearson_residuals": found.pearson_residuals, "adjusted_residuals": found.adjusted_residuals,
            });
            if let Some((chi2, p)) = found.yates {
                answer["chi2_yates"] = json!(chi2);
                answer["p_yates"] = json!(p);
            }
            answer
        }
    }
}

/// Pairs by the position of before and after.
fn pairs(input: &Value) -> paired::Differences {
    let values = |key: &str| {
        input[key]
            .as_array()
            .unwrap()
            .iter()
            .map(Value::as_f64)
            .collect::<Vec<_>>()
    };
    let pairs: Vec<_> = values("pre").into_iter().zip(values("post")).collect();
    paired::differences(&pairs)
}

fn wilcoxon(input: &Value) -> Value {
    let differences = pairs(input);
    let zeros = if input["zero_method"] == "pratt" {
        paired::Zeros::Ranked
    } else {
        paired::Zeros::Dropped
    };
    let mut answer = match paired::wilcoxon(&differences, zeros) {
        Err(reason) => {
            let keys = ["t", "p_two_sided", "p_greater", "p_less", "rank_biserial"];
            Value::Object(
                keys.into_iter()
                    .map(|key| (key.to_owned(), undefined(reason)))
                    .collect::<Map<_, _>>(),
            )
        }
        Ok(found) => json!({
            "n_used": found.n_used, "w_plus": found.w_plus, "w_minus": found.w_minus, "t": found.w_plus.min(found.w_minus),
            "p_two_sided": found.p_two_sided, "p_greater": found.p_greater, "p_less": found.p_less, "rank_biserial": found.rank_biserial,
            "ties": found.ties,
        }),
    };
    answer["n_pairs"] = json!(differences.values.len());
    answer["n_dropped_missing"] = json!(differences.dropped);
    answer["n_zero"] = json!(paired::signs(&differences).n_zero);
    answer
}

fn sign_test(input: &Value) -> Value {
    let differences = pairs(input);
    let found = paired::signs(&differences);
    json!({ "n_pairs": differences.values.len(), "n_positive": found.n_positive, "n_negative": found.n_negative, "n_zero": found.n_zero,
        "p_two_sided": figure(found.p_two_sided) })
}

fn paired_t(input: &Value) -> Value {
    let differences = pairs(input);
    let found = match paired::paired_t(&differences) {
        Err(reason) => {
            let keys = [
                "mean_difference",
                "sd_difference",
                "t",
                "p_two_sided",
                "ci_low",
                "ci_high",
                "cohen_dz",
                "hedges_gz",
            ];
            let mut answer = Value::Object(
                keys.into_iter()
                    .map(|key| (key.to_owned(), undefined(reason)))
                    .collect(),
            );
            answer["n_pairs"] = json!(0);
            return answer;
        }
        Ok(found) => found,
    };
    let of = |part: &dyn Fn(paired::TTest) -> Figure| figure(found.test.and_then(part));
    json!({
        "n_pairs": found.n_pairs, "mean_difference": found.mean_difference, "sd_difference": figure(found.sd_difference), "df": found.df,
        "t": of(&|test| Ok(test.t)), "p_two_sided": of(&|test| Ok(test.p_two_sided)), "ci_low": of(&|test| Ok(test.interval.low)),
        "ci_high": of(&|test| Ok(test.interval.high)), "cohen_dz": of(&|test| Ok(test.cohen_dz)), "hedges_gz": of(&|test| test.hedges_gz),
    })
}

fn mcnemar(input: &Value) -> Value {
    let found = paired::mcnemar(whole(&input["b"]), whole(&input["c"]));
    json!({ "b": found.lost, "c": found.gained, "p_exact": figure(found.p_exact), "p_mid": figure(found.p_mid), "chi2": figure(found.chi2),
        "chi2_corrected": figure(found.chi2_corrected), "odds_ratio": figure(found.odds_ratio) })
}

fn cronbach(input: &Value) -> Value {
    let found = scale::cronbach(&answers(&input["items"]));
    let item = |item: &scale::ItemStatistics| json!({ "corrected_item_total": figure(item.corrected_item_total), "alpha_if_dropped": figure(item.alpha_if_dropped) });
    json!({
        "n": found.n, "n_dropped_missing": found.n_dropped, "k": found.k, "alpha": figure(found.alpha),
        "feldt_ci_low": figure(found.feldt.map(|feldt| feldt.low)), "feldt_ci_high": figure(found.feldt.map(|feldt| feldt.high)),
        "alpha_standardized": figure(found.standardized), "items": found.items.iter().map(item).collect::<Vec<_>>(),
    })
}

fn scale_score(input: &Value) -> Value {
    let missing = match input["missing"].as_str() {
        Some("undefined") | None => scale::MissingItems::Undefined,
        Some(_) => scale::MissingItems::Prorated {
            min_answered: whole(&input["prorate_min_answered"]),
        },
    };
    let scoring = scale::Scoring {
        min: input["min"].as_f64().unwrap(),
        max: input["max"].as_f64().unwrap(),
        reversed: wholes(&input["reverse_items"]),
        missing,
    };
    json!({ "totals": answers(&input["responses"]).iter().map(|row| figure(scoring.total(row))).collect::<Vec<_>>() })
}

fn saturated(input: &Value) -> Value {
    let new = match input["codes_by_interview"].as_array() {
        Some(interviews) => {
            let codes = |codes: &Value| -> Vec<String> {
                codes
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|code| code.as_str().unwrap().to_owned())
                    .collect()
            };
            let interviews: Vec<Vec<String>> = interviews.iter().map(codes).collect();
            let interviews: Vec<Vec<&str>> = interviews
                .iter()
                .map(|codes| codes.iter().map(String::as_str).collect())
                .collect();
            saturation::new_codes(&interviews)
        }
        None => wholes(&input["new_codes"]),
    };
    let rule = saturation::Rule {
        base: whole(&input["base_size"]),
        run: whole(&input["run_length"]),
        threshold: input["threshold"].as_f64().unwrap(),
    };
    let found = saturation::saturation(&new, rule);
    let run = |run: &saturation::SaturationRun| json!({ "from": run.from, "to": run.to, "new": run.new, "ratio": run.ratio, "at_or_below": run.at_or_below });
    json!({
        "new_codes": new, "n_interviews": new.len(), "base_codes": found.base_codes, "runs": found.runs.iter().map(run).collect::<Vec<_>>(),
        "saturated_at": found.saturated_at.map_or_else(undefined, |at| json!(at)),
        "notation": found.saturated_at.map_or_else(undefined, |at| json!(format!("{at}+{}", rule.run))),
    })
}

fn keyness(input: &Value) -> Value {
    let of = |key: &str| whole(&input[key]);
    match words::keyness(of("freq_1"), of("freq_2"), of("size_1"), of("size_2")) {
        Err(reason) => {
            let keys = ["ll", "g2_full", "p_ll", "log_ratio"];
            Value::Object(
                keys.into_iter()
                    .map(|key| (key.to_owned(), undefined(reason)))
                    .collect(),
            )
        }
        Ok(found) => json!({
            "expected_1": found.expected_1, "expected_2": found.expected_2, "ll": found.ll, "g2_full": found.g2, "p_ll": found.p,
            "log_ratio": found.log_ratio, "direction": found.direction.code(),
        }),
    }
}

fn dispersion(input: &Value) -> Value {
    let (frequencies, sizes) = (wholes(&input["frequencies"]), wholes(&input["sizes"]));
    match words::dispersion(&frequencies, &sizes) {
        Err(reason) => json!({
            "parts_with_word": frequencies.iter().filter(|n| **n > 0).count(), "frequency": frequencies.iter().sum::<usize>(),
            "dp": undefined(reason), "dp_norm": undefined(reason), "juilland_d": undefined(reason),
        }),
        Ok(found) => {
            json!({ "parts_with_word": found.parts_with_word, "frequency": found.frequency, "dp": found.dp,
            "dp_norm": figure(found.dp_norm), "juilland_d": figure(found.juilland_d) })
        }
    }
}

fn diversity(input: &Value) -> Value {
    let tokens: Vec<&str> = input["tokens"]
        .as_array()
        .unwrap()
        .iter()
        .map(|token| token.as_str().unwrap())
        .collect();
    let found = words::lexical_diversity(&tokens, whole(&input["window"]));
    json!({ "tokens": found.tokens, "types": found.types, "ttr": figure(found.ttr), "mattr": figure(found.mattr) })
}

/// A project with one document a case and these codes; what is coded comes later.
fn project(
    cases: &[&str],
    codes: &[&str],
    length: u32,
    turns: &[TextRange],
) -> (Project, Arc<Content>) {
    let mut project = Project::default();
    let hash = ContentHash::of(b"");
    let turn = |range: &TextRange| Turn {
        range: *range,
        body: range.start(),
        speaker: None,
        at_millis: None,
    };
    let content = Content {
        text: DocumentText::new("字".repeat(length as usize)),
        turns: turns.iter().map(turn).collect(),
    };
    for (number, name) in (1u128..).zip(cases) {
        let case = Case {
            id: CaseId::from_u128(number),
            name: (*name).to_owned(),
            kind: CaseKind::family(),
            parent: None,
            values: BTreeMap::new(),
        };
        project.cases.insert(case.id, Arc::new(case));
        let source = DocumentSource {
            file: String::new(),
            read_as: String::new(),
            original: hash,
            text: hash,
            chars: length,
            turns: hash,
            n_turns: 0,
        };
        let document = Document {
            id: DocumentId::from_u128(number),
            title: (*name).to_owned(),
            source,
            history: TextHistory::default(),
            words: 0,
            speakers: Vec::new(),
            turn_edits: Vec::new(),
            revision: None,
            phase: None,
            cases: [CaseId::from_u128(number)].into(),
            values: BTreeMap::new(),
            codings: Vec::new(),
        };
        project.documents.insert(document.id, Arc::new(document));
    }
    for (number, name) in (1u128..).zip(codes) {
        let name = Localized {
            text: (*name).to_owned(),
            translations: BTreeMap::new(),
        };
        let code = Code::new(
            CodeId::from_u128(number),
            project.codebook.last_place(None),
            name,
            Hue::new(0),
        );
        project.codebook.codes.insert(code.id, Arc::new(code));
    }
    (project, Arc::new(content))
}

fn add(project: &mut Project, case: usize, code: usize, range: TextRange) {
    let number = u128::try_from(project.coding_count()).unwrap() + 1;
    let document = project
        .documents
        .get_mut(&DocumentId::from_u128(case as u128 + 1))
        .unwrap();
    let (code, coder) = (CodeId::from_u128(code as u128 + 1), CoderId::from_u128(1));
    Arc::make_mut(document).insert_coding(Coding {
        id: CodingId::from_u128(number),
        range,
        code,
        coder,
        facets: BTreeMap::new(),
        origin: Origin::Hand,
        about: Default::default(),
    });
}

fn names(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect()
}

fn code_case_table(input: &Value) -> Value {
    let (cases, codes) = (names(&input["cases"]), names(&input["codes"]));
    let (mut project, _) = project(&cases, &codes, 1000, &[]);
    for (number, coding) in (0u32..).zip(input["codings"].as_array().unwrap()) {
        let place = |names: &[&str], at: usize| {
            names
                .iter()
                .position(|name| Some(*name) == coding[at].as_str())
                .unwrap()
        };
        add(
            &mut project,
            place(&cases, 0),
            place(&codes, 1),
            TextRange::between(number, number + 1),
        );
    }
    let counted = |measure: Measure| {
        let options = FrequencyOptions {
            rows: Rows::Case,
            columns: Columns::Codes,
            measure,
            roll_up: false,
            filter: Filter::default(),
        };
        frequency(&project, &options, &|_| None)
    };
    let number = |value: table::Measured| match value {
        table::Measured::Count(count) => json!(count),
        table::Measured::Present(present) => json!(u8::from(present)),
        table::Measured::Share(figure)
        | table::Measured::Rate(figure)
        | table::Measured::Mean(figure) => json!(figure),
        table::Measured::Undefined(reason) => undefined(reason),
        table::Measured::NoDocument => Value::Null,
    };
    let matrix = |table: &table::FrequencyTable| -> Vec<Vec<Value>> {
        table
            .cells
            .chunks(table.columns.len())
            .map(|row| row.iter().map(|cell| number(cell.value)).collect())
            .collect()
    };
    let (counts, presence) = (counted(Measure::Codings), counted(Measure::Presence));
    json!({
        "counts": matrix(&counts), "row_totals": counts.row_totals.iter().map(|total| number(*total)).collect::<Vec<_>>(),
        "column_totals": counts.column_totals.iter().map(|total| number(*total)).collect::<Vec<_>>(), "total": number(counts.total),
        "presence": matrix(&presence), "cases_with_code": counts.with_it.iter().map(|of_n| of_n.with).collect::<Vec<_>>(),
        "share_of_cases": counts.with_it.iter().map(|of_n| of_n.with as f64 / of_n.of as f64).collect::<Vec<_>>(),
        "row_share": matrix(&counted(Measure::RowShare)),
    })
}

fn codes_together(input: &Value) -> Value {
    let codes = [
        input["code_1"].as_str().unwrap(),
        input["code_2"].as_str().unwrap(),
    ];
    let length = u32::try_from(whole(&input["length"])).unwrap();
    let range = |value: &Value| {
        TextRange::between(
            u32::try_from(whole(&value[0])).unwrap(),
            u32::try_from(whole(&value[1])).unwrap(),
        )
    };
    let segments: Vec<TextRange> = input["segments"]
        .as_array()
        .map(|segments| segments.iter().map(range).collect())
        .unwrap_or_default();
    let mut all = codes.to_vec();
    for span in input["spans"].as_array().unwrap() {
        let name = span[2].as_str().unwrap();
        if !all.contains(&name) {
            all.push(name);
        }
    }
    let (mut project, content) = project(&["document"], &all, length, &segments);
    for span in input["spans"].as_array().unwrap() {
        let code = all
            .iter()
            .position(|name| Some(*name) == span[2].as_str())
            .unwrap();
        add(&mut project, 0, code, range(span));
    }
    let counted = |by: CooccurrenceUnit| -> CoOccurrence {
        let options = cooccurrence::CooccurrenceOptions {
            by,
            characters: true,
            ..cooccurrence::CooccurrenceOptions::default()
        };
        cooccurrence(&project, &options, &|_: &Document| {
            Some(Arc::clone(&content))
        })
    };
    let load: &frequency::Loader<'_> = &|_| Some(Arc::clone(&content));
    let found = counted(CooccurrenceUnit::Overlap);
    assert_eq!(
        found.pair_segments(&project, load, 0, 1).len(),
        found.both(0, 1),
        "every pair opens its passages"
    );
    json!({
        "n1": found.own(0), "n2": found.own(1), "n12": found.both(0, 1), "c_coefficient": figure(found.c_coefficient(0, 1)),
        "out_of_range": found.is_out_of_range(0, 1), "jaccard_characters": figure(found.jaccard(0, 1)),
        "overlap_characters": found.shared_characters(0, 1), "jaccard_segments": figure(counted(CooccurrenceUnit::Turn).jaccard(0, 1)),
    })
}
