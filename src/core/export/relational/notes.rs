//! The rows of memos, links, sets and attachments, and of the anchors that they share.

use rusqlite::{Result, params};

use super::writer::RowWriter;
use crate::model::{
    attachment::AttachmentKind,
    memo::{Anchor, MemoKind},
};

impl RowWriter<'_> {
    pub(super) fn memos(&mut self) -> Result<()> {
        for memo in self.project.memos.values() {
            let kind = match memo.kind {
                MemoKind::Analytic => "analytic",
                MemoKind::Method => "method",
                MemoKind::Reflexive => "reflexive",
            };
            let anchor = self.anchor(memo.anchor)?;
            self.run(
                "INSERT INTO memos VALUES (?, ?, ?, ?, ?, ?, ?)",
                params![
                    self.memos.get(&memo.id),
                    memo.id.to_string(),
                    memo.title,
                    memo.body,
                    kind,
                    self.coders.get(&memo.coder),
                    anchor
                ],
            )?;
        }
        Ok(())
    }

    pub(super) fn links(&mut self) -> Result<()> {
        for (number, link) in (1i64..).zip(self.project.links.values()) {
            let from = self.anchor(link.from)?;
            let to = self.anchor(link.to)?;
            self.run(
                "INSERT INTO links VALUES (?, ?, ?, ?, ?)",
                params![number, link.id.to_string(), link.name, from, to],
            )?;
        }
        Ok(())
    }

    pub(super) fn sets(&mut self) -> Result<()> {
        for (number, set) in (1i64..).zip(self.project.sets_in_order()) {
            self.run(
                "INSERT INTO sets VALUES (?, ?, ?, ?)",
                params![number, set.id.to_string(), set.name, set.description],
            )?;
            for member in &set.members {
                let anchor = self.anchor(*member)?;
                self.run(
                    "INSERT INTO set_members VALUES (?, ?)",
                    params![number, anchor],
                )?;
            }
        }
        Ok(())
    }

    pub(super) fn attachments(&self) -> Result<()> {
        for (number, attachment) in (1i64..).zip(self.project.attachments.values()) {
            let kind = match attachment.kind {
                AttachmentKind::Picture => "picture",
                AttachmentKind::Audio => "audio",
                AttachmentKind::Video => "video",
                AttachmentKind::Pdf => "pdf",
            };
            // SQLite has no unsigned numbers; no file is that large.
            let bytes = i64::try_from(attachment.len_bytes).unwrap_or(i64::MAX);
            self.run(
                "INSERT INTO attachments VALUES (?, ?, ?, ?, ?, ?)",
                params![
                    number,
                    attachment.id.to_string(),
                    attachment.name,
                    kind,
                    attachment.file,
                    bytes
                ],
            )?;
        }
        Ok(())
    }

    /// The row number of an anchor, which is inserted when it is first needed.
    fn anchor(&mut self, anchor: Anchor) -> Result<i64> {
        if let Some(number) = self.anchors.get(&anchor) {
            return Ok(*number);
        }
        let last = self.anchors.len();
        let number = i64::try_from(last + 1).expect("all anchors fit into memory");
        let document = anchor.document().and_then(|id| self.documents.get(&id));
        let mut range = None;
        let mut case = None;
        let mut code = None;
        let mut coding = None;
        let mut memo = None;
        let kind = match anchor {
            Anchor::Project => "project",
            Anchor::Document(_) => "document",
            Anchor::Segment(_, passage) => {
                range = Some(passage);
                "segment"
            }
            Anchor::Case(id) => {
                case = self.cases.get(&id);
                "case"
            }
            Anchor::Code(id) => {
                code = self.codes.get(&id);
                "code"
            }
            Anchor::Coding(_, id) => {
                coding = self.codings.get(&id);
                "coding"
            }
            Anchor::Memo(id) => {
                memo = self.memos.get(&id);
                "memo"
            }
            Anchor::Cell(in_case, on_code) => {
                case = self.cases.get(&in_case);
                code = self.codes.get(&on_code);
                "cell"
            }
        };
        self.run(
            "INSERT INTO anchors VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                number,
                kind,
                document,
                range.map(|range| range.start()),
                range.map(|range| range.end()),
                case,
                code,
                coding,
                memo
            ],
        )?;
        self.anchors.insert(anchor, number);
        Ok(number)
    }
}
