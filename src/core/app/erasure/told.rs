//! An erasure's preview in words, one line for each kind of thing that goes or stays.

use super::preview::ErasurePreview;
use crate::message::{Message, text::Text};

impl ErasurePreview {
    /// What goes, and what stays although it may speak of the participant.
    pub fn lines(&self) -> Vec<Message> {
        let mut lines = self.goes();
        lines.extend(self.stays());
        lines
    }

    /// What goes.
    pub fn goes(&self) -> Vec<Message> {
        const TEXTS: Text = Text::new(
            "{characters} characters in {turns} {turns|turn|turns} become blanks: {whole} {whole|document|documents} whole, the participant's own turns in {shared} {shared|document|documents} with others; the original files go whole",
            "{turns} 个话轮共 {characters} 个字符替换为“□”：{whole} 份文档全部删除，{shared} 份多人文档只删除该受访者的话轮；原始文件全部删除",
        );
        const THINGS: Text = Text::new(
            "{codings} {codings|coding|codings}, {memos} {memos|memo|memos}, {links} {links|link|links} and {values} {values|value|values} of attributes are removed",
            "移除 {codings} 个编码片段、{memos} 条备忘、{links} 个关联和 {values} 个属性值",
        );
        const ENTRIES: Text = Text::new(
            "words in {entries} {entries|entry|entries} of the log are overwritten; identities, positions and counts stay",
            "覆写日志中 {entries} 条记录里的文字；标识、位置和数量保留",
        );
        const CUT: Text = Text::new(
            "{codings} {codings|coding reaches|codings reach} into words of others, and {codings|stays|stay} with blanks",
            "{codings} 个编码片段延伸到他人的话语，予以保留，其中的文字替换为“□”",
        );
        const QUOTES: Text = Text::new(
            "{quotes} {quotes|quotation|quotations} elsewhere (memos, codes, queries) {quotes|is|are} blanked",
            "其他地方（备忘、编码、检索式）的 {quotes} 处引文替换为“□”",
        );
        const ATTACHED: Text = Text::new("the attached file {name} goes", "删除附件 {name}");
        const BACKUPS: Text = Text::new(
            "{backups} {backups|backup|backups}, the search index and drafts are overwritten and removed; a new backup is made",
            "覆写并删除 {backups} 个备份、检索索引和草稿，并生成新的备份",
        );
        let whole = self.documents_of(true).count();
        let mut lines = vec![
            TEXTS
                .count("characters", self.characters())
                .count("turns", self.turns())
                .count("whole", whole)
                .count("shared", self.documents.len() - whole),
            THINGS
                .count("codings", self.codings)
                .count("memos", self.memos)
                .count("links", self.links)
                .count("values", self.values),
            ENTRIES.count("entries", self.entries),
        ];
        if self.cut_codings > 0 {
            lines.push(CUT.count("codings", self.cut_codings));
        }
        if self.quotes > 0 {
            lines.push(QUOTES.count("quotes", self.quotes));
        }
        let attached = self.attachments.iter();
        lines.extend(attached.map(|name| ATTACHED.with("name", name)));
        lines.push(BACKUPS.count("backups", self.backups));
        lines
    }

    /// What stays although it may speak of the participant.
    pub fn stays(&self) -> Vec<Message> {
        const UNLINKED: Text = Text::new(
            "{title} stays as it is: it belongs to others too, and no speaker in it is linked to the participant",
            "{title} 保持原样：该文档还属于他人，且其中没有说话人与该受访者关联",
        );
        const MENTIONS: Text = Text::new(
            "{mentions} {mentions|document or memo stays|documents and memos stay} in which others use the name; tain search finds them",
            "有 {mentions} 处他人提及该姓名的文档或备忘保留；可用检索查找",
        );
        const ATTACHMENTS: Text = Text::new(
            "{files} attached {files|file stays|files stay}: nothing says whose {files|it is|they are}",
            "{files} 个附件保留：无法判断归属",
        );
        const PSEUDONYMS: Text = Text::new(
            "the table of pseudonyms stays, sealed with its own passphrase: take the name out of it there",
            "化名表由其自身的密码短语密封，予以保留：请在表中删除该姓名",
        );
        const COPY: Text = Text::new(
            "{copy} has the words too: it is a copy of before that a repair or a restoration has left",
            "{copy} 也含有这些文字：这是修复或恢复时留下的副本",
        );
        const ELSEWHERE: Text = Text::new(
            "exports, recordings, imported files and copies on other computers can't be reached from here",
            "导出的文件、录音、导入前的文件以及其他电脑上的副本无法从此处删除",
        );
        let unlinked = self.unlinked.iter();
        let mut lines: Vec<Message> = unlinked
            .map(|title| UNLINKED.with("title", title))
            .collect();
        if self.mentions > 0 {
            lines.push(MENTIONS.count("mentions", self.mentions));
        }
        if self.attachments_left > 0 {
            lines.push(ATTACHMENTS.count("files", self.attachments_left));
        }
        lines.extend(self.has_pseudonyms.then(|| PSEUDONYMS.into()));
        let copies = self.copies.iter();
        lines.extend(copies.map(|copy| COPY.with("copy", copy.as_path())));
        lines.push(ELSEWHERE.into());
        lines
    }
}
