//! The configuration as a file: shown, carried to a new desk, and put in force whole or not at all.

use std::collections::BTreeSet;
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
fn the_manuals_example_of_every_sort_is_put_in_force_as_it_stands() {
    let folder = Folder::new();
    let (desk, file) = (folder.join("desk"), folder.join("house.json"));
    assert!(run(&["init", "--admin-name", "Root"], &desk).0);
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operating.md");
    let manual = std::fs::read_to_string(manual).expect("the manual");
    let (_, example) = manual.split_once("### One of every sort").expect("the heading");
    let (_, example) = example.split_once("```json\n").expect("a list");
    let (example, _) = example.split_once("```").expect("its end");
    std::fs::write(&file, example).expect("a file");
    let (is_done, said) = run(&["setup", "apply", file.to_str().expect("a path")], &desk);
    assert!(is_done && said.contains("12 settings were put in force"), "{said}");
    let sorts = |settings: &[Value]| -> BTreeSet<String> {
        settings.iter().map(|one| one["setting"].as_str().expect("a sort").to_owned()).collect()
    };
    let written: Vec<Value> = serde_json::from_str(example).expect("a list");
    let every = [
        "client",
        "service",
        "person",
        "agreement",
        "calendar",
        "house",
        "oversight",
        "rota",
        "vendor",
        "escalation_path",
        "procedure",
    ];
    assert_eq!(sorts(&written), every.map(str::to_owned).into());
    assert_eq!(sorts(&shown(&desk)), sorts(&written));
}

#[test]
fn what_no_setting_says_alone_is_refused_with_its_place() {
    let folder = Folder::new();
    let (desk, file) = (folder.join("desk"), folder.join("house.json"));
    assert!(run(&["init", "--admin-name", "Root"], &desk).0);
    let before = shown(&desk);
    let id = |number: u128| Uuid::from_u128(0x7000_8000_0000_0000_0000 + number);
    let client = |number, name: &str, manager: &str| {
        let id = id(number);
        format!(
            r#"{{"setting":"client","id":"{id}","name":"{name}","zone":"UTC","account_manager":{manager}}}"#
        )
    };
    let calendar = |version: u32| {
        let id = id(9);
        format!(
            r#"{{"setting":"calendar","id":"{id}","version":{version},"name":"Always","zone":"UTC","hours":"always"}}"#
        )
    };
    let mut root = before[0].clone();
    root["active"] = false.into();
    let nobody = format!("\"{}\"", id(77));
    for (settings, why) in [
        (
            vec![client(1, "Acme", "null"), client(1, "Borg", "null")],
            "setting 1 of 2 (line 1) and setting 2 of 2 (line 2) both set",
        ),
        (vec![client(1, "Acme", "null"), client(2, " acme", "null")], "are clients of one name"),
        (vec![client(1, "Acme", &nobody)], "as the account manager of Acme, who is not set up"),
        (vec![calendar(1), calendar(3)], "has version 3, and the next one is 2"),
        (vec![calendar(2)], "has version 2, and the next one is 1"),
        (vec![calendar(1), calendar(1)], "both set"),
        (vec![root.to_string()], "nobody would be left who may configure"),
    ] {
        std::fs::write(&file, format!("[{}]", settings.join(",\n"))).expect("a file");
        let (is_done, said) = run(&["setup", "apply", file.to_str().expect("a path")], &desk);
        assert!(!is_done && said.contains(why) && said.contains("nothing was changed"), "{why}: {said}");
        assert_eq!(shown(&desk), before, "{why}");
    }
    // Another administrator comes and one goes, in one file.
    let mut next = before[0].clone();
    (next["id"], next["name"]) = (id(5).to_string().into(), "Next".into());
    std::fs::write(&file, format!("[{next},{root}]")).expect("a file");
    let (is_done, said) = run(&["setup", "apply", file.to_str().expect("a path")], &desk);
    assert!(is_done, "{said}");
}

#[test]
fn what_cannot_be_read_is_said_in_words_with_its_place() {
    let folder = Folder::new();
    let (desk, file) = (folder.join("desk"), folder.join("house.json"));
    assert!(run(&["init", "--admin-name", "Root"], &desk).0);
    let client = r#"{"setting":"client","id":"01900000-0000-7000-8000-000000000001","name":"Acme","zone":"UTC","account_manager":null}"#;
    let service = r#"{"setting":"service","id":"01900000-0000-7000-8000-000000000002","client":"01900000-0000-7000-8000-000000000001","name":"Mail","critical":true}"#;
    let calendar = r#"{"setting":"calendar","id":"01900000-0000-7000-8000-000000000003","version":1,"name":"Always","zone":"UTC","hours":"always"}"#;
    let person = r#"{"setting":"person","id":"01900000-0000-7000-8000-000000000004","name":"Ada","roles":["tier2"],"clients":null,"active":true}"#;
    for (second, from, to, why) in [
        (client, r#","name":"Acme""#, "", "`name` is missing; add it"),
        (
            person,
            "tier2",
            "boss",
            "`boss` is not known there; write one of personnel, service_desk, tier2, tier3, incident_manager, account_manager, supervisor, administrator;",
        ),
        (client, r#""zone""#, r#""zon""#, "there is no field `zon` there; it may have "),
        (
            client,
            r#""client""#,
            r#""customer""#,
            "`customer` is not known there; write one of client, service, person",
        ),
        (service, "true", r#""yes""#, r#"the text "yes" stands where true or false is expected"#),
        (service, "-0000-7000-8000-000000000002", "-00", "an id is none; write one like 0190"),
        (
            calendar,
            r#""version":1"#,
            r#""version":-1"#,
            "the number -1 stands where a whole number, not below zero",
        ),
        (client, client, "7", "the number 7 stands where an object is expected"),
    ] {
        let spoilt = second.replacen(from, to, 1);
        assert_ne!(spoilt, second);
        std::fs::write(&file, format!("[{client},\n\n{spoilt}]")).expect("a file");
        let (is_done, said) = run(&["setup", "apply", file.to_str().expect("a path")], &desk);
        let place = "house.json, setting 2 of 2 (line 3): ";
        assert!(!is_done && said.contains(place) && said.contains(why), "{why}: {said}");
        assert!(said.contains("nothing was changed"), "{said}");
    }
    for (text, why) in [
        ("", "it is empty"),
        (r#"[{"setting":"#, "it ends in the middle"),
        ("{}", "it does not begin with ["),
        ("[{}\n{}]", "line 2, column 1 is no JSON"),
    ] {
        std::fs::write(&file, text).expect("a file");
        let (is_done, said) = run(&["setup", "apply", file.to_str().expect("a path")], &desk);
        assert!(!is_done && said.contains("no list of settings") && said.contains(why), "{why}: {said}");
    }
}

#[test]
fn a_desk_whose_making_was_killed_is_made_anew() {
    let folder = Folder::new();
    let desk = folder.join("desk");
    let mut seed = std::process::Command::new(env!("CARGO_BIN_EXE_holdfast-server"))
        .args(["seed", "--data"])
        .arg(&desk)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("it starts");
    let half = desk.join("unfinished").join("holdfast.db");
    while !half.exists() {
        assert!(seed.try_wait().expect("a state").is_none(), "it was through before anybody looked");
        std::thread::yield_now();
    }
    seed.kill().expect("killed");
    seed.wait().expect("gone");
    assert!(!desk.join("holdfast.db").exists(), "nobody finds half a desk");
    let (is_done, said) = run(&["seed"], &desk);
    assert!(is_done, "{said}");
    let (is_done, said) = run(&["audit", "verify"], &desk);
    assert!(is_done && said.contains("accounts"), "{said}");
    assert!(!desk.join("unfinished").exists(), "and nothing is left of it");
}

#[test]
fn nobody_but_its_owner_reads_a_desk() {
    let folder = Folder::new();
    let desk = folder.join("desk");
    assert!(run(&["init", "--admin-name", "Root"], &desk).0);
    let rights = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o077;
    assert_eq!((rights(&desk), rights(&desk.join("holdfast.db"))), (0, 0));
}
