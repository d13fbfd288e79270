//! The rules that every project obeys, which `tain check` and the property tests verify.

use std::collections::BTreeSet;

use super::{
    Project,
    attribute::{AttributeOf, Values},
    coding::Coding,
    document::Document,
    ids::CodingId,
    memo::Anchor,
};
use crate::message::{Message, text::Text};

/// A rule that a project breaks, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation(pub Message);

/// All violations of the model's rules; a project that is folded from a log has none.
pub fn violations(project: &Project) -> Vec<Violation> {
    let mut found = Vec::new();
    codebook(project, &mut found);
    cases(project, &mut found);
    attributes(project, &mut found);
    scales(project, &mut found);
    for document in project.documents.values() {
        document_rules(project, document, &mut found);
    }
    for memo in project.memos.values() {
        check(&mut found, project.has(memo.anchor), || {
            about(
                memo.id,
                Text::new(
                    "memo {id} is on nothing that exists",
                    "备忘录 {id} 的对象不存在",
                ),
            )
        });
        check(&mut found, project.coders.contains_key(&memo.coder), || {
            about(
                memo.id,
                Text::new("memo {id} has no coder", "备忘录 {id} 没有编码员"),
            )
        });
    }
    for link in project.links.values() {
        let joined = [link.from, link.to].into_iter().all(|end| project.has(end));
        check(&mut found, joined, || {
            about(
                link.id,
                Text::new("link {id} lacks an end", "链接 {id} 缺少一端"),
            )
        });
    }
    for (id, set) in &project.sets {
        check(&mut found, *id == set.id, || {
            about(
                id,
                Text::new(
                    "set {id} is kept under another id",
                    "集合 {id} 存放在另一个 ID 下",
                ),
            )
        });
        check(&mut found, set.stands_in(project), || {
            about(
                id,
                Text::new(
                    "set {id} has a member that doesn't exist",
                    "集合 {id} 含有不存在的成员",
                ),
            )
        });
    }
    for (id, coder) in &project.coders {
        values(
            project,
            &coder.values,
            AttributeOf::Coders,
            &|| about(id, Text::new("coder {id}", "编码员 {id}")),
            &mut found,
        );
    }
    found
}

fn check(found: &mut Vec<Violation>, holds: bool, says: impl FnOnce() -> Message) {
    if !holds {
        found.push(Violation(says()));
    }
}

/// What is wrong with the thing of this id, which the text names `{id}`.
fn about(id: impl std::fmt::Display, text: Text) -> Message {
    text.with("id", id.to_string())
}

fn codebook(project: &Project, found: &mut Vec<Violation>) {
    for (id, code) in &project.codebook.codes {
        check(found, *id == code.id, || {
            about(
                id,
                Text::new(
                    "code {id} is kept under another id",
                    "编码 {id} 存放在另一个 ID 下",
                ),
            )
        });
        let parent = code.place.parent;
        check(
            found,
            parent.is_none_or(|parent| project.codebook.get(parent).is_some()),
            || {
                about(
                    id,
                    Text::new("code {id} has no parent", "编码 {id} 的上级不存在"),
                )
            },
        );
        check(found, !project.codebook.would_cycle(*id, parent), || {
            about(
                id,
                Text::new("code {id} is its own ancestor", "编码 {id} 是自己的上级"),
            )
        });
    }
}

fn cases(project: &Project, found: &mut Vec<Violation>) {
    for (id, case) in &project.cases {
        check(found, *id == case.id, || {
            about(
                id,
                Text::new(
                    "case {id} is kept under another id",
                    "个案 {id} 存放在另一个 ID 下",
                ),
            )
        });
        let parent = case.parent;
        check(
            found,
            parent.is_none_or(|parent| project.cases.contains_key(&parent)),
            || {
                about(
                    id,
                    Text::new("case {id} has no parent", "个案 {id} 的上级不存在"),
                )
            },
        );
        check(
            found,
            !parent.is_some_and(|parent| project.case_is_within(parent, *id)),
            || {
                about(
                    id,
                    Text::new("case {id} is below itself", "个案 {id} 位于自己之下"),
                )
            },
        );
        values(
            project,
            &case.values,
            AttributeOf::Cases,
            &|| about(id, Text::new("case {id}", "个案 {id}")),
            found,
        );
    }
}

fn values(
    project: &Project,
    values: &Values,
    of: AttributeOf,
    whose: &dyn Fn() -> Message,
    found: &mut Vec<Violation>,
) {
    for ((attribute, phase), value) in values {
        let fits = project.attributes.get(attribute).is_some_and(|attribute| {
            attribute.of == of
                && attribute.kind.admits(value)
                && phase.is_some() == attribute.per_phase
                && phase.is_none_or(|phase| project.phases.contains_key(&phase))
        });
        check(found, fits, || {
            Text::new(
                "{whose} has a value that doesn't fit attribute {attribute}",
                "{whose} 有一个值与属性 {attribute} 不符",
            )
            .with("whose", whose())
            .with("attribute", attribute.to_string())
        });
    }
}

fn attributes(project: &Project, found: &mut Vec<Violation>) {
    for (id, attribute) in &project.attributes {
        let fits = attribute.of.has_phases() || !attribute.per_phase;
        check(found, fits, || {
            about(
                id,
                Text::new(
                    "attribute {id} of coders is given per phase",
                    "编码员的属性 {id} 按阶段记录",
                ),
            )
        });
    }
}

fn scales(project: &Project, found: &mut Vec<Violation>) {
    for (id, scale) in &project.scales {
        check(found, *id == scale.id, || {
            about(
                id,
                Text::new(
                    "scale {id} is kept under another id",
                    "量表 {id} 存放在另一个 ID 下",
                ),
            )
        });
        check(found, scale.is_sound(), || {
            about(
                id,
                Text::new("scale {id} can't be scored", "量表 {id} 无法计分"),
            )
        });
        check(found, scale.stands_on(&project.attributes), || {
            about(
                id,
                Text::new(
                    "scale {id} has an item that is no number per phase",
                    "量表 {id} 有题目不是按阶段的数值",
                ),
            )
        });
    }
}

fn document_rules(project: &Project, document: &Document, found: &mut Vec<Violation>) {
    let id = document.id;
    let len_chars = document.len_chars();
    check(
        found,
        document
            .phase
            .is_none_or(|phase| project.phases.contains_key(&phase)),
        || {
            about(
                id,
                Text::new("document {id} has no such phase", "文档 {id} 的阶段不存在"),
            )
        },
    );
    let mut cases = document.cases.iter();
    let cases_exist = cases.all(|case| project.cases.contains_key(case));
    check(found, cases_exist, || {
        about(
            id,
            Text::new(
                "document {id} belongs to no such case",
                "文档 {id} 所属的个案不存在",
            ),
        )
    });
    let speakers = document.speakers.iter();
    let mut persons = speakers.filter_map(|speaker| speaker.case);
    let persons_exist = persons.all(|case| project.cases.contains_key(&case));
    check(found, persons_exist, || {
        about(
            id,
            Text::new(
                "a speaker of document {id} is no such case",
                "文档 {id} 有说话人对应的个案不存在",
            ),
        )
    });
    values(
        project,
        &document.values,
        AttributeOf::Documents,
        &|| about(id, Text::new("document {id}", "文档 {id}")),
        found,
    );
    let ordered = document.codings.is_sorted_by(|a, b| a.order() < b.order());
    check(found, ordered, || {
        about(
            id,
            Text::new(
                "codings of document {id} are out of order",
                "文档 {id} 的编码片段顺序有误",
            ),
        )
    });
    let ids: BTreeSet<CodingId> = document.codings.iter().map(|coding| coding.id).collect();
    check(found, ids.len() == document.codings.len(), || {
        about(
            id,
            Text::new(
                "document {id} has a coding twice",
                "文档 {id} 有重复的编码片段",
            ),
        )
    });
    for coding in &document.codings {
        coding_rules(project, coding, len_chars, found);
    }
}

fn coding_rules(project: &Project, coding: &Coding, len_chars: u32, found: &mut Vec<Violation>) {
    let within = !coding.range.is_empty() && coding.range.end() <= len_chars;
    check(found, within, || {
        Text::new(
            "coding {id} is at {range}, outside its text",
            "编码片段 {id} 位于 {range}，超出文本范围",
        )
        .with("id", coding.id.to_string())
        .with("range", format!("{:?}", coding.range))
    });
    check(found, project.codebook.get(coding.code).is_some(), || {
        about(
            coding.id,
            Text::new("coding {id} has no code", "编码片段 {id} 的编码不存在"),
        )
    });
    check(found, project.coders.contains_key(&coding.coder), || {
        about(
            coding.id,
            Text::new("coding {id} has no coder", "编码片段 {id} 的编码员不存在"),
        )
    });
    let mut concerned = coding.about.iter();
    let cases_exist = concerned.all(|case| project.cases.contains_key(case));
    check(found, cases_exist, || {
        about(
            coding.id,
            Text::new(
                "coding {id} is about no such case",
                "编码片段 {id} 所涉的个案不存在",
            ),
        )
    });
}

/// Returns true if an anchor is a document, or something in it.
pub fn anchor_is_in(anchor: Anchor, document: &Document) -> bool {
    matches!(anchor, Anchor::Document(id) | Anchor::Segment(id, _) | Anchor::Coding(id, _) if id == document.id)
}
