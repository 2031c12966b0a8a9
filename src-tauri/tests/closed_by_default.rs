//! The window may knock at the door and hear pushes; nothing else is open, and nothing foreign loads.

use std::path::Path;

fn read(file: &str) -> serde_json::Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(&path).expect("the file is part of the project");
    serde_json::from_str(&text).expect("it is JSON")
}

#[test]
fn the_window_has_three_permissions() {
    let capability = read("capabilities/main.json");
    let permissions: Vec<&str> =
        capability["permissions"].as_array().expect("a list").iter().filter_map(|p| p.as_str()).collect();
    assert_eq!(permissions, ["core:event:allow-listen", "core:event:allow-unlisten", "allow-door"]);
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("capabilities");
    let files = std::fs::read_dir(folder).expect("the folder is there").count();
    assert_eq!(files, 1, "one capability file, so that one test sees all of them");
}

#[test]
fn nothing_foreign_loads() {
    let conf = read("tauri.conf.json");
    let security = &conf["app"]["security"];
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(conf["app"]["withGlobalTauri"], false);
    let csp = security["csp"].as_object().expect("a policy by directive");
    for (directive, sources) in csp {
        let sources = sources.as_str().expect("sources are text");
        assert!(!sources.contains("unsafe"), "{directive} allows {sources}");
        let foreign = sources.split(' ').filter(|source| source.contains("//") || source.contains('*'));
        let foreign: Vec<_> = foreign.filter(|source| *source != "http://ipc.localhost").collect();
        assert!(foreign.is_empty(), "{directive} allows {foreign:?}");
    }
    for needed in
        ["default-src", "script-src", "style-src", "connect-src", "object-src", "base-uri", "form-action"]
    {
        assert!(csp.contains_key(needed), "{needed} falls back to another directive");
    }
}
