//! A PC whose program is replaced.
use crate::{has, newcomer, plant};
use versions::{Pc, Program, Shown, agree};

#[test]
#[ignore = "`cargo xtask versions` makes the older program"]
fn a_pc_becomes_newer_with_unsent_changes_and_shows_and_sends_the_same() {
    let (hub, mut pc) = plant(Program::Old);
    let other = newcomer(&hub, Program::Old);
    agree(&[&pc, &other]);
    pc.makes(5, 150);
    pc.stands(5, 30);
    pc.inspects(5, 150, 6);
    let before = Shown::by(&pc);
    pc.installs(Program::New);
    before.is(&Shown::by(&pc));
    assert_eq!(pc.says(&["verify", "--rollup"]).fine()["sound"], true);
    // Also once each sum is worked out again, and once the hub has what waited.
    before.is(&Shown::by(&pc));
    agree(&[&pc, &other]);
    before.is(&Shown::by(&pc));
    has(&other, 100.0 + 200.0 + 150.0, 20.0 + 30.0, 100.0 + 150.0);
}

/// Whether nothing of the folder changed but what SQLite keeps while it is open.
fn is_untouched(pc: &Pc, before: &std::collections::BTreeMap<String, String>) {
    let mut now = pc.bytes();
    let nothing = blake3::hash(b"").to_hex().to_string();
    assert!(now.remove("lineboard.db-wal").is_none_or(|wal| wal == nothing), "nothing waits to be written");
    now.remove("lineboard.db-shm");
    assert_eq!(&now, before);
}

#[test]
#[ignore = "`cargo xtask versions` makes the older program"]
fn a_newer_file_is_refused_to_an_older_program_without_a_byte_of_it_changing() {
    let (hub, mut pc) = plant(Program::Old);
    pc.installs(Program::New);
    pc.makes(5, 150);
    // Whoever logs in is written down: the file is looked at after that.
    let shown = Shown::by(&pc);
    let before = pc.bytes();
    pc.installs(Program::Old);
    for asked in [&["kpi", "oee"][..], &["verify"], &["undo"], &["sync", "--patience", "2"]] {
        let (word, sentence) = pc.says(asked).error();
        assert_eq!(word, "newer", "{sentence}");
        assert!(sentence.contains("Update this PC"), "{sentence}");
        is_untouched(&pc, &before);
    }
    pc.installs(Program::New);
    shown.is(&Shown::by(&pc));
    pc.syncs();
    has(&pc, 100.0 + 200.0 + 150.0, 20.0, 100.0);
    drop(hub);
}
