//! Texts of backups, repair and passphrases.

use super::{Text, UiLanguage};
use crate::app::integrity::Repaired;

pub(in crate::gui) const BACKUPS: Text = Text::new("Backups…", "备份…");
pub(in crate::gui) const BACKUPS_HINT: Text = Text::new(
    "A backup is made when a project is opened that has changed for an hour or more. They are in a folder beside the project.",
    "打开项目时，若距上次备份已有改动且超过一小时，会自动备份。备份保存在项目旁边的文件夹中。",
);
pub(in crate::gui) const NO_BACKUPS: Text = Text::new("No backups yet.", "还没有备份。");
pub(in crate::gui) const BACK_UP_NOW: Text = Text::new("Back up now", "立即备份");
pub(in crate::gui) const NO_BACKUP: Text = Text::new("No backup was made", "未能备份");
pub(in crate::gui) const RESTORE: Text = Text::new("Restore", "恢复");
pub(in crate::gui) const RESTORE_THIS: Text = Text::new("Restore…", "恢复…");
pub(in crate::gui) const LOOK_INSIDE: Text = Text::new("Look inside", "查看内容");
pub(in crate::gui) const RESTORE_WARNING: Text = Text::new(
    "The project becomes what it was then. As it is now it is kept beside it under another name.",
    "项目将回到当时的状态；现在的项目会以另一个名称保留在旁边。",
);
pub(in crate::gui) const RESTORED: Text = Text::new(
    "The backup is restored; the project as it was is kept as",
    "已恢复备份；恢复前的项目保留为",
);
pub(in crate::gui) const REPAIR: Text = Text::new("Repair", "修复");
pub(in crate::gui) const SAVE_COPY: Text = Text::new("Save a copy…", "另存副本…");
pub(in crate::gui) const PROTECTION: Text = Text::new("Passphrase…", "密码短语…");
pub(in crate::gui) const UNLOCK: Text = Text::new("Open an encrypted project", "打开加密项目");
pub(in crate::gui) const ENCRYPTED_PROJECT: Text = Text::new("Encrypted project", "加密项目");
pub(in crate::gui) const PASSPHRASE: Text = Text::new("Passphrase", "密码短语");
pub(in crate::gui) const NEW_PASSPHRASE: Text = Text::new("New passphrase", "新的密码短语");
pub(in crate::gui) const PASSPHRASE_AGAIN: Text = Text::new("Once more", "再输入一次");
pub(in crate::gui) const SHOW_PASSPHRASE: Text = Text::new("Show what is typed", "显示输入内容");
pub(in crate::gui) const WRONG_PASSPHRASE: Text = Text::new(
    "That isn’t the passphrase. Capitals and spaces count.",
    "密码短语不对。大小写与空格都算在内。",
);
pub(in crate::gui) const OR_RECOVERY_KEY: Text = Text::new(
    "The key of the recovery sheet opens it, too.",
    "也可输入恢复单上的密钥。",
);
pub(in crate::gui) const PASSPHRASES_DIFFER: Text =
    Text::new("The two are not the same.", "两次输入不一致。");
pub(in crate::gui) const PASSPHRASE_SHORT: Text = Text::new(
    "Short passphrases can be guessed: four words or more are safe.",
    "过短的密码短语容易被猜中：四个词以上较为安全。",
);
pub(in crate::gui) const PASSPHRASE_HINT: Text = Text::new(
    "Nobody can open the project without it, not even we: print the recovery sheet.",
    "没有它，任何人都无法打开项目，包括本软件的作者：请打印恢复单。",
);
pub(in crate::gui) const IS_ENCRYPTED: Text = Text::new(
    "This project is encrypted. Only its passphrase opens it.",
    "此项目已加密，只有密码短语才能打开。",
);
pub(in crate::gui) const IS_NOT_ENCRYPTED: Text = Text::new(
    "This project isn’t encrypted: whoever has the file can read the interviews.",
    "此项目没有加密：任何拿到文件的人都能读到访谈内容。",
);
pub(in crate::gui) const ENCRYPT: Text = Text::new("Encrypt", "加密");
pub(in crate::gui) const CHANGE_PASSPHRASE: Text =
    Text::new("Change the passphrase", "更换密码短语");
pub(in crate::gui) const RECOVERY_SHEET: Text = Text::new("Recovery sheet…", "恢复单…");
pub(in crate::gui) const RECOVERY_SHEET_HINT: Text = Text::new(
    "A page with the key, to print and lock away. Delete the file afterwards.",
    "一页载有密钥的纸，请打印并妥善保管，然后删除文件。",
);
pub(in crate::gui) const DECRYPT: Text = Text::new("Take the encryption away…", "解除加密…");
pub(in crate::gui) const DECRYPT_WARNING: Text = Text::new(
    "Whoever has the file can then read the interviews.",
    "解除后，任何拿到文件的人都能读到访谈内容。",
);
pub(in crate::gui) const DECRYPT_ANYWAY: Text = Text::new("Take it away", "解除");
pub(in crate::gui) const NOW_ENCRYPTED: Text = Text::new(
    "The project is encrypted. The backups of before are overwritten.",
    "项目已加密，此前的备份已覆写。",
);
pub(in crate::gui) const NOW_DECRYPTED: Text =
    Text::new("The project isn’t encrypted any more.", "项目已解除加密。");
pub(in crate::gui) const COPY_STAYS: Text = Text::new(
    "A copy of before stays as it is; you may want to remove it",
    "此前的副本保持原样，可自行删除",
);
pub(in crate::gui) const LOCK_AFTER: Text = Text::new(
    "Lock encrypted projects after minutes without work",
    "加密项目闲置多少分钟后锁定",
);

pub(in crate::gui) const LOCK_HINT: Text = Text::new(
    "With 0 they stay open until they are closed.",
    "设为 0 则一直打开，直到关闭。",
);

/// What is damaged, and how much more.
pub(in crate::gui) fn damaged(language: UiLanguage, first: &str, more: usize) -> String {
    const ONE: Text = Text::new(
        "This project is damaged: {first}. It can be read.",
        "项目已损坏：{first}。目前可以读取。",
    );
    const SEVERAL: Text = Text::new(
        "This project is damaged: {first}, and {more} more. It can be read.",
        "项目已损坏：{first}，另有 {more} 处。目前可以读取。",
    );
    if more == 0 {
        return ONE.with("first", first).say(language);
    }
    SEVERAL
        .with("first", first)
        .with("more", more)
        .say(language)
}

/// What a repair did.
pub(in crate::gui) fn repaired(language: UiLanguage, repaired: &Repaired) -> String {
    let text = Text::new(
        "Repaired: {entries} {entries|step|steps} and {contents} {contents|text or file|texts and files} are there, {lost} {lost|thing|things} could not be saved. The damaged file is kept as {kept}",
        "已修复：保存 {entries} 个步骤和 {contents} 项文本与文件，{lost} 项未能保存。损坏的文件保留为 {kept}",
    );
    text.with("entries", repaired.salvage.entries)
        .with("contents", repaired.salvage.contents)
        .with("lost", repaired.lost.len())
        .with("kept", repaired.kept.as_path())
        .say(language)
}

/// A size of a file.
pub(in crate::gui) fn size(language: UiLanguage, bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
    let mega = bytes as f64 / 1_000_000.0;
    Text::new("{size} MB", "{size} MB")
        .with("size", format!("{mega:.1}"))
        .say(language)
}
