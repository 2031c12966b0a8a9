//! The program as an operator meets it: what is wrong is named, with what to do, and nothing stays behind.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use server::store::FILE;

use crate::fixture::{EVE, Fixture, Folder, PASSWORD, run};
use crate::http::serve;

/// What lies in a folder; nothing where there is no folder.
fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// A failure in words: all of `words`, no backtrace, no bare number.
#[track_caller]
fn check_failed(line: &[&str], data: &Path, words: &[&str]) {
    let (is_done, said) = run(line, data);
    assert!(!is_done, "{line:?} was done: {said}");
    let told: Vec<_> = words.iter().filter(|words| !said.contains(**words)).collect();
    assert!(told.is_empty() && !said.contains("panicked"), "{line:?} lacks {told:?}: {said}");
}

#[test]
fn an_import_that_fails_leaves_no_desk_behind() {
    let folder = Folder::new();
    let header = "number,incident_state,sys_updated_at,opened_at,impact,urgency\n";
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed
        .write_all(format!("{header}INC1,New,1/3/2016 12:00,1/3/2016 12:00,3 - Low,3 - Low\n").as_bytes())
        .expect("packed");
    let packed = packed.finish().expect("whole");
    let good = folder.file(
        "good.csv",
        format!("{header}INC1,New,1/3/2016 12:00,1/3/2016 12:00,3 - Low,3 - Low\n").as_bytes(),
    );
    let directory = folder.0.to_str().expect("a path").to_owned();
    let cases: [(&[&str], &[&str]); 9] = [
        (&["no/such.csv"], &["cannot read no/such.csv", "check the path"]),
        (&[&directory], &["cannot read", "directory"]),
        (&[&folder.file("empty.csv", b"")], &["the file is empty", "export the incident audit log again"]),
        (&[&folder.file("other.csv", b"a,b\n1,2\n")], &["not the header of a ServiceNow incident log"]),
        (
            &[&folder.file("cut.csv.gz", &packed[..packed.len() - 12])],
            &["breaks off", "nothing was imported"],
        ),
        (&[&folder.file("rows.csv", header.as_bytes())], &["no row below the header", "no desk was made"]),
        (
            &[&folder
                .file("odd.csv", format!("{header}INC1,New,yesterday,then,3 - Low,3 - Low\n").as_bytes())],
            &["line 2", "nothing was imported"],
        ),
        (&[&good, "--zone", "Nowhere"], &["there is no time zone \"Nowhere\"", "Europe/Lisbon"]),
        (&[&good, "--report", "/proc/no/list"], &["cannot write /proc/no/list", "--report"]),
    ];
    for (words, told) in cases {
        let data = folder.join("new").join("desk");
        check_failed(&[&["import", "servicenow"], words].concat(), &data, told);
        assert!(!folder.join("new").exists(), "{words:?} left {:?}", names(&data));
        // A folder that was there stays, as empty as it was.
        let there = folder.join("there");
        std::fs::create_dir_all(&there).expect("a folder");
        check_failed(&[&["import", "servicenow"], words].concat(), &there, told);
        assert_eq!(names(&there), [""; 0], "{words:?}");
    }
    let data = folder.join("desk");
    let (is_done, said) = run(&["import", "servicenow", &good], &data);
    assert!(is_done && said.contains("made a new one") && said.contains("1 incidents"), "{said}");
    // A desk that was there stays, whatever fails.
    check_failed(&["import", "servicenow", "no/such.csv"], &data, &["cannot read"]);
    assert!(data.join(FILE).exists());
}

#[test]
fn a_restore_that_fails_leaves_nothing_behind() {
    let folder = Folder::new();
    let desk = folder.join("desk");
    assert!(run(&["init", "--admin-name", "Root"], &desk).0);
    let backup = folder.join("backup.db");
    let path = backup.to_str().expect("a path");
    let (is_done, said) = run(&["backup", "--to", path], &desk);
    assert!(is_done, "{said}");
    let bytes = std::fs::read(&backup).expect("the backup");
    let half = folder.file("half.db", &bytes[..bytes.len() / 2]);
    let words =
        folder.file("words.db", b"no backup at all, and long enough to be looked at as a file of pages");
    let directory = folder.0.to_str().expect("a path").to_owned();
    for from in [half.as_str(), &words, &folder.file("empty.db", b""), "no/such.db", &directory] {
        let data = folder.join("new").join("desk");
        check_failed(
            &["restore", "--from", from],
            &data,
            &["is no backup of a desk", "nothing was restored"],
        );
        assert!(!folder.join("new").exists(), "{from} left {:?}", names(&data));
    }
    check_failed(&["restore", "--from", path], &desk, &["not empty", "Name an empty folder"]);
    assert!(run(&["restore", "--from", path], &folder.join("again")).0);
}

#[test]
fn a_desk_that_cannot_be_made_leaves_nothing_behind() {
    let folder = Folder::new();
    let data = folder.join("new").join("desk");
    check_failed(&["init", "--admin-name", &"x".repeat(300)], &data, &["200 characters", "§3.2"]);
    check_failed(&["init", "--admin-name", " "], &data, &["--admin-name is empty"]);
    check_failed(&["seed", "--now", "tomorrow"], &data, &["tomorrow is no time", "2026-11-23T14:00:00Z"]);
    assert!(!folder.join("new").exists());
    let file = folder.file("file", b"not a folder");
    check_failed(&["init", "--admin-name", "Root"], Path::new(&file), &["cannot use", "check the path"]);
    check_failed(
        &["init", "--admin-name", "Root"],
        Path::new("/proc/desk"),
        &["cannot use", "check the path"],
    );
    assert_eq!(std::fs::read(&file).expect("the file"), b"not a folder");
}

#[test]
fn a_folder_that_holds_no_desk_is_told_by_every_verb() {
    let folder = Folder::new();
    let (empty, gone) = (folder.join("empty"), folder.join("gone"));
    std::fs::create_dir(&empty).expect("a folder");
    let listen = ["serve", "--listen", "127.0.0.1:0"];
    let lines: [&[&str]; 11] = [
        &listen,
        &["setup", "show"],
        &["setup", "apply", "house.json"],
        &["account", "list"],
        &["account", "add", "--name", "Ines", "--role", "service_desk"],
        &["account", "password", "--name", "Ines"],
        &["intake", "list"],
        &["export", "incidents"],
        &["report", "policy"],
        &["backup", "--to", "backup.db"],
        &["audit", "verify"],
    ];
    for line in lines {
        for data in [&empty, &gone] {
            let words: &[&str] =
                if line[1] == "apply" { &["cannot read house.json"] } else { &["holds no desk yet; run"] };
            check_failed(line, data, words);
        }
    }
    let through = Path::new(&folder.file("file", b"not a folder")).join("desk");
    for line in lines.iter().filter(|line| line[1] != "apply") {
        check_failed(line, &through, &["cannot use", "check the path and that this user may read and write"]);
    }
    assert!(names(&empty).is_empty() && !gone.exists(), "{:?}", names(&empty));
    let damaged = folder.join("damaged");
    std::fs::create_dir(&damaged).expect("a folder");
    std::fs::write(damaged.join(FILE), b"this was never a desk, whatever its name says").expect("a file");
    for line in lines.iter().filter(|line| line[1] != "apply") {
        check_failed(line, &damaged, &["is damaged or no desk's file", "Name another folder"]);
    }
}

#[test]
fn a_desk_of_a_newer_release_is_left_alone() {
    let folder = Folder::new();
    let desk = folder.join("desk");
    assert!(run(&["init", "--admin-name", "Root"], &desk).0);
    let conn = rusqlite::Connection::open(desk.join(FILE)).expect("the file");
    conn.pragma_update(None, "user_version", 999).expect("newer");
    drop(conn);
    let before = std::fs::read(desk.join(FILE)).expect("the file");
    for line in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["setup", "show"],
        &["account", "list"],
        &["export", "incidents"],
        &["audit", "verify"],
        &["backup", "--to", "never.db"],
    ] {
        check_failed(line, &desk, &["newer release (schema 999", "install that release"]);
    }
    assert_eq!(std::fs::read(desk.join(FILE)).expect("the file"), before);
}

#[test]
fn what_a_running_server_keeps_to_itself_is_said_with_what_to_do() {
    let house = Fixture::new();
    let folder = Folder::new();
    let add = ["account", "add", "--name", "Nora", "--role", "service_desk"];
    check_failed(
        &add,
        &house.dir,
        &["a new person is a line of its log; nobody was added", "--through ADDRESS --admin NAME"],
    );
    let settings = folder.file("house.json", b"[]");
    check_failed(
        &["setup", "apply", &settings],
        &house.dir,
        &["another server or import is using", "stop it first"],
    );
    check_failed(&["serve", "--listen", "127.0.0.1:0"], &house.dir, &["another server or import is using"]);
    // An account for somebody who is known needs no line of the log.
    let eve = EVE.to_string();
    let (is_done, said) = run(&["account", "add", "--name", "eve2", "--person", &eve], &house.dir);
    assert!(is_done && said.contains("eve2 may sign in now"), "{said}");
    let nobody = uuid::Uuid::from_u128(7).to_string();
    check_failed(
        &["account", "add", "--name", "eve3", "--person", &nobody],
        &house.dir,
        &["there is no person"],
    );
}

#[test]
fn a_person_without_an_account_is_not_left_behind() {
    let folder = Folder::new();
    let desk = folder.join("desk");
    assert!(run(&["init", "--admin-name", "Root"], &desk).0);
    let show = || run(&["setup", "show"], &desk).1;
    let before = show();
    let long = "x".repeat(150);
    let cases: [(&str, &[&str]); 5] = [
        (" ", &["an account's name has 1 to", "nobody was added"]),
        ("root", &["there is an account \"root\" already"]),
        (&long, &["printable characters"]),
        ("N\u{1}ora", &["printable characters"]),
        ("N", &["too short", "§3.2"]),
    ];
    for (name, told) in cases {
        check_failed(&["account", "add", "--name", name, "--role", "service_desk"], &desk, told);
        assert_eq!(show(), before, "{name:?}");
    }
    let line = ["account", "add", "--name", "Nora", "--role", "service_desk", "--client", "Nobody Ltd"];
    check_failed(&line, &desk, &["there is no client \"Nobody Ltd\"", "setup apply"]);
    assert_eq!(show(), before);
}

#[test]
fn a_port_that_is_taken_is_said() {
    let folder = Folder::new();
    let desk = folder.join("desk");
    assert!(run(&["init", "--admin-name", "Root"], &desk).0);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    check_failed(
        &["serve", "--listen", &address],
        &desk,
        &["cannot listen on", "--listen takes another address"],
    );
    check_failed(&["serve", "--listen", "nowhere"], &desk, &["invalid", "--listen"]);
    // The desk is free again.
    assert!(run(&["account", "add", "--name", "Nora", "--role", "service_desk"], &desk).0);
}

#[test]
fn files_that_are_not_what_they_should_be_are_named() {
    let folder = Folder::new();
    let desk = folder.join("desk");
    assert!(run(&["init", "--admin-name", "Root"], &desk).0);
    let directory = folder.0.to_str().expect("a path").to_owned();
    let bytes = folder.file("bytes.json", b"\xff\xfe\x00");
    let deep = folder.file("deep.json", "[".repeat(10_000).as_bytes());
    for (verb, more) in [("setup", &["apply"][..]), ("report", &["policy", "--agreement"])] {
        for (file, told) in [
            (directory.as_str(), "directory"),
            ("no/such.json", "no/such.json"),
            (&bytes, "UTF-8"),
            (&deep, "is no list of settings"),
        ] {
            let line: Vec<&str> = std::iter::once(verb).chain(more.iter().copied()).chain([file]).collect();
            check_failed(&line, &desk, &[told, file]);
        }
    }
    let taken = folder.file("taken.db", b"precious");
    check_failed(&["backup", "--to", &taken], &desk, &["overwrites nothing"]);
    check_failed(&["backup", "--to", "no/such/folder/b.db"], &desk, &["is no folder", "Make it first"]);
    assert_eq!(std::fs::read(&taken).expect("the file"), b"precious");
    for mapping in [directory.as_str(), "no/such.json", &bytes, &deep, &folder.file("list.json", b"[]")] {
        let add = ["intake", "add", "--name", "other", "--kind", "generic", "--mapping", mapping];
        check_failed(&add, &desk, &[mapping]);
    }
    assert!(!run(&["intake", "list"], &desk).1.contains("other"));
}

#[test]
fn a_password_that_never_comes_changes_nothing() {
    let folder = Folder::new();
    let data = folder.join("desk");
    let mut program = Command::new(env!("CARGO_BIN_EXE_holdfast-server"));
    let program =
        program.args(["init", "--admin-name", "Root", "--admin-password-stdin", "--data"]).arg(&data);
    let output = program.stdin(Stdio::null()).output().expect("it starts");
    let said = String::from_utf8(output.stderr).expect("words");
    assert!(!output.status.success() && said.contains("no password came on the standard input"), "{said}");
    assert!(!data.exists());
}

/// Runs the program with words on its standard input.
fn run_with(input: &str, words: &[&str], data: &Path) -> (bool, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_holdfast-server"));
    let program = program.args(words).arg("--data").arg(data).stdin(Stdio::piped());
    let mut running = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    // Whoever needs no input may be gone before it comes.
    running.stdin.take().expect("an input").write_all(input.as_bytes()).ok();
    let output = running.wait_with_output().expect("it ends");
    let said = String::from_utf8([output.stdout, output.stderr].concat()).expect("words");
    (output.status.success(), said)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_adds_a_person_through_the_running_server() {
    let served = serve().await;
    let through = served.address.to_string();
    let add = |name, admin| {
        let line = ["account", "add", "--name", name, "--role", "service_desk", "--password-stdin"];
        [line.as_slice(), &["--through", &through, "--admin", admin]].concat()
    };
    let input = format!("{PASSWORD}\nanother long password\n");
    let people = || served.house.server.setup().people.len();
    let before = people();
    for (line, input, told) in [
        (add("Nora", "ines"), "wrong and long enough\nanother long password\n", "wrong"),
        (add("Nora", "eve"), input.as_str(), "Configure: your role does not include it (§3.2)"),
        (add("Ines", "ines"), &input, "there is an account \"Ines\" already"),
        (add("Nora", "ines"), PASSWORD, "no password came on the standard input"),
    ] {
        let (is_done, said) = tokio::task::block_in_place(|| run_with(input, &line, &served.house.dir));
        assert!(!is_done && said.contains(told), "{told}: {said}");
        assert_eq!(people(), before, "{told}");
    }
    let other = Fixture::new();
    let line = add("Nora", "ines");
    let (is_done, said) = tokio::task::block_in_place(|| run_with(&input, &line, &other.dir));
    assert!(
        !is_done && said.contains("serves another folder than --data names"),
        "a server of another folder: {said}"
    );
    let (is_done, said) = tokio::task::block_in_place(|| run_with(&input, &line, &served.house.dir));
    assert!(is_done && said.contains("Nora may sign in now"), "{said}");
    let body = crate::http::json(&serde_json::json!({ "name": "nora", "password": "another long password" }));
    assert_eq!(served.send("POST", "/v1/session", None, &body).await.0, 200);
    assert_eq!(people(), before + 1);
    served.stop().await;
}

#[test]
fn what_cannot_be_printed_is_said_and_a_password_nobody_saw_makes_no_desk() {
    let folder = Folder::new();
    let full = || Stdio::from(std::fs::File::create("/dev/full").expect("a device that is always full"));
    let program = env!("CARGO_BIN_EXE_holdfast-server");
    let mut init = Command::new(program);
    init.args(["init", "--admin-name", "root", "--data"]).arg(folder.join("desk")).stdout(full());
    let output = init.output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("the standard output could not be written"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    assert!(names(&folder.join("desk")).is_empty(), "a desk was left behind");
}
