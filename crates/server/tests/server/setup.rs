//! The configuration as a file: shown, carried to a new desk, and put in force whole or not at all.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::Value;
use uuid::Uuid;

use crate::fixture::{Folder, run};

fn shown(data: &Path) -> Vec<Value> {
    let (is_done, said) = run(&["setup", "show"], data);
    assert!(is_done, "{said}");
    serde_json::from_str(&said).expect("a list of settings")
}

#[test]
fn a_house_is_carried_to_a_new_desk_by_its_file() {
    let folder = Folder::new();
    let (demo, desk, file) = (folder.join("demo"), folder.join("desk"), folder.join("house.json"));
    assert!(run(&["seed"], &demo).0);
    assert!(run(&["init", "--admin-name", "Root"], &desk).0);
    let house = shown(&demo);
    std::fs::write(&file, serde_json::to_string(&house).expect("written")).expect("a file");
    let apply = ["setup", "apply", file.to_str().expect("a path")];
    let (is_done, said) = run(&apply, &desk);
    assert!(is_done && said.contains("0 were in force already"), "{said}");
    let carried = shown(&desk);
    assert!(house.iter().all(|setting| carried.contains(setting)), "what was carried is what was shown");
    assert_eq!(carried.len(), house.len() + 1, "and the administrator stays");
    let (is_done, said) = run(&apply, &desk);
    assert!(is_done && said.contains(&format!("0 settings were put in force; {}", house.len())), "{said}");
}

#[test]
fn a_file_with_one_wrong_setting_changes_nothing() {
    let folder = Folder::new();
    let (desk, file) = (folder.join("desk"), folder.join("house.json"));
    assert!(run(&["init", "--admin-name", "Root"], &desk).0);
    let before = shown(&desk);
    let client = |name: &str| {
        format!(
            r#"{{"setting":"client","id":"{}","name":"{name}","zone":"UTC","account_manager":null}}"#,
            Uuid::now_v7()
        )
    };
    for (words, why) in [
        (format!("[{},{}]", client("Acme"), client("")), "setting 2 of 2"),
        (format!("[{}", client("Acme")), "no list of settings"),
        ("{}".to_owned(), "no list of settings"),
    ] {
        std::fs::write(&file, words).expect("a file");
        let (is_done, said) = run(&["setup", "apply", file.to_str().expect("a path")], &desk);
        assert!(!is_done && said.contains(why) && said.contains("nothing was changed"), "{said}");
        assert_eq!(shown(&desk), before);
    }
}

#[test]
fn nobody_but_its_owner_reads_a_desk() {
    let folder = Folder::new();
    let desk = folder.join("desk");
    assert!(run(&["init", "--admin-name", "Root"], &desk).0);
    let rights = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o077;
    assert_eq!((rights(&desk), rights(&desk.join("holdfast.db"))), (0, 0));
}
