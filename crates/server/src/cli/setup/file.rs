//! A file of settings with its places: whatever is wrong is named by its line, its setting and what was expected.

use std::fmt;

use anyhow::anyhow;
use incident::{Role, Setting};
use serde_json::value::RawValue;

/// One setting of a file, and where it stands.
#[derive(Debug)]
pub(super) struct Written {
    /// What is set.
    pub(super) setting: Setting,
    /// Where.
    pub(super) place: Place,
}

/// Where a setting stands in its file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    line: usize,
    number: usize,
    all: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "setting {} of {} (line {})", self.number, self.all, self.line)
    }
}

/// Every setting of a file called `name`, or what is wrong with the first that cannot be read.
pub(super) fn read(name: &str, text: &str) -> anyhow::Result<Vec<Written>> {
    let listed: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| no_list(name, text, &error))?;
    let all = listed.len();
    let mut written = Vec::with_capacity(all);
    for (number, one) in (1..).zip(listed) {
        let before = (one.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let line = 1 + text.bytes().take(before).filter(|byte| *byte == b'\n').count();
        let place = Place { line, number, all };
        let setting = serde_json::from_str(one.get())
            .map_err(|error| anyhow!("{name}, {place}: {}; nothing was changed", told(&error)))?;
        written.push(Written { setting, place });
    }
    Ok(written)
}

fn no_list(name: &str, text: &str, error: &serde_json::Error) -> anyhow::Error {
    let (line, column) = (error.line(), error.column());
    let what = match error.classify() {
        serde_json::error::Category::Eof if text.trim().is_empty() => "it is empty".to_owned(),
        serde_json::error::Category::Eof => "it ends in the middle".to_owned(),
        serde_json::error::Category::Data => "it does not begin with [".to_owned(),
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => format!(
            "line {line}, column {column} is no JSON: often a comma, a bracket or a quotation mark is missing there, or one too many"
        ),
    };
    let then = "nothing was changed; `holdfast-server setup show` prints such a list";
    anyhow!("{name} is no list of settings: {what}; {then}")
}

/// What a reader of JSON says of a value, in words for whoever wrote it.
fn told(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    let named = |rest: &str| rest.split('`').nth(1).unwrap_or_default().to_owned();
    let choices = |rest: &str| {
        let names = rest.split('`').skip(3).step_by(2).filter(|name| !is_the_server(name));
        names.collect::<Vec<_>>().join(", ")
    };
    if said.starts_with("missing field ") {
        return format!("`{}` is missing; add it", named(said));
    }
    if said.starts_with("duplicate field ") {
        return format!("`{}` is named twice; leave one out", named(said));
    }
    if said.starts_with("unknown field ") {
        return format!("there is no field `{}` there; it may have {}", named(said), choices(said));
    }
    if said.starts_with("unknown variant ") {
        return format!("`{}` is not known there; write one of {}", named(said), choices(said));
    }
    if said.starts_with("UUID parsing failed") {
        return "an id is none; write one like 01900000-0000-7000-8000-000000000001".to_owned();
    }
    let mismatch = said.strip_prefix("invalid type: ").or_else(|| said.strip_prefix("invalid value: "));
    match mismatch.and_then(|rest| rest.rsplit_once(", expected ")) {
        Some((found, wanted)) => format!("{} stands where {} is expected", met(found), meant(wanted)),
        None => said.to_owned(),
    }
}

/// The role that no person has (§3.2): whoever wrote it would be refused.
fn is_the_server(choice: &str) -> bool {
    serde_json::to_value(Role::Server).is_ok_and(|role| role == choice)
}

fn met(found: &str) -> String {
    let value = || found.split('`').nth(1).unwrap_or_default();
    match found.split_once(' ').map_or(found, |(sort, _)| sort) {
        "string" => format!("the text {}", found.trim_start_matches("string ")),
        "integer" | "floating" => format!("the number {}", value()),
        "boolean" => value().to_owned(),
        "null" | "unit" => "nothing (null)".to_owned(),
        "sequence" => "a list".to_owned(),
        "map" => "an object".to_owned(),
        _ => found.to_owned(),
    }
}

fn meant(wanted: &str) -> String {
    let words = match wanted {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, not below zero and not too large,",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "a string" | "str" => "a text",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "a map" => "an object",
        object if object.starts_with("struct ") || object.contains("tagged enum") => "an object",
        id if id.contains("UUID") => "an id such as 01900000-0000-7000-8000-000000000001",
        other => other,
    };
    words.replace("an array of length", "a list of so many entries:")
}
