//! Files that are broken, cut, huge or something else entirely.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use OddityKind::*;

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("whole")
}

#[track_caller]
fn check_refused(bytes: &[u8], words: &str) {
    let error = read(bytes).err().expect("refused").to_string();
    assert!(error.contains(words), "{error}");
}

#[test]
fn what_is_no_log_is_refused_with_what_to_do() {
    check_refused(b"", "is empty");
    check_refused(b"\n\n  \n", "is empty");
    check_refused(b"a,b,c\n1,2,3\n", "lacks number, incident_state");
    check_refused(b"PK\x03\x04\xff\xfe\x00\x00", "spreadsheet");
    check_refused(b"\xff\xfen\x00u\x00m\x00", "UTF-16");
    check_refused(b"\x1f\x8b\x08\x00", "breaks off");
    check_refused(b"number,\"incident_state", "a quotation mark");
    check_refused(HEADER.replace("closed_code", "number").as_bytes(), "stands there twice");
    check_refused(&vec![b'x'; RECORD_BYTES_MAX * 3], "longer than");
}

#[test]
fn a_missing_file_is_named() {
    let error = Log::open("no/such/file.csv", Zone::utc()).expect_err("refused").to_string();
    assert!(error.starts_with("cannot read no/such/file.csv"), "{error}");
}

#[test]
fn a_header_alone_is_an_empty_log() {
    let reading = check_bytes(HEADER.into(), &[]);
    assert!(reading.histories.is_empty());
}

#[test]
fn columns_may_stand_anywhere_and_lines_may_end_as_windows_ends_them() {
    let text = "\u{feff}urgency,extra,impact,SYS_UPDATED_AT,opened_at,incident_state,number\r\n\
        1 - High,x,3 - Low,1/3/2016 12:05,1/3/2016 12:00,Active,INC1\r\n\r\n";
    let reading = check_bytes(text.into(), &[(1, ColumnUnread), (2, NotStartingNew), (2, ContactMissing)]);
    assert_eq!(reading.histories[0].changes[0].facts.len(), 3);
}

#[test]
fn gzip_is_told_by_its_bytes_and_may_have_several_members() {
    let log = log_of(&[row("INC1", "New", 0, 1), row("INC1", "Active", 1, 2)]);
    let mut bytes = packed(&log[..250]);
    bytes.extend(packed(&log[250..]));
    assert_eq!(check_bytes(bytes, &[]).histories[0].rows, 2);
}

#[test]
fn a_cut_gzip_gives_everything_before_the_break() {
    let rows: Vec<_> = (0..3_000).map(|n| row(&format!("INC{n}"), "New", 0, 1)).collect();
    let whole = packed(&log_of(&rows));
    let reading = read(&whole[..whole.len() / 2]).expect("a log");
    assert_eq!(reading.report.count(FileCutShort), 1);
    let found = reading.histories.len();
    assert!((100..3_000).contains(&found), "{found}");
    let told = reading.oddities.iter().find(|oddity| oddity.kind == FileCutShort);
    // One incident more was begun, and may go on behind the break.
    assert_eq!(told.map(|oddity| oddity.line), Some(found as u64 + 3));
    assert_eq!(reading.report.count(IncidentCutShort), 1);
}

#[test]
fn a_plain_file_that_ends_in_the_middle_of_a_row_is_cut_short_too() {
    let rows = [row("INC1", "New", 0, 1), row("INC2", "New", 0, 1), row("INC2", "Active", 1, 2)];
    let mut bytes = log_of(&rows);
    bytes.truncate(bytes.len() - 60);
    let reading = check_bytes(bytes, &[(3, IncidentCutShort), (4, FileCutShort)]);
    assert_eq!(reading.histories.iter().map(|one| one.number.as_str()).collect::<Vec<_>>(), ["INC1"]);
}

#[test]
fn a_scattered_incident_at_the_break_is_held_back_whole() {
    let rows = [
        row("INC1", "New", 0, 1),
        row("INC2", "New", 0, 1),
        row("INC1", "Active", 1, 2),
        "INC1,Resolved,tr".to_owned(),
    ];
    let mut bytes = log_of(&rows);
    bytes.pop();
    let expected = [(2, IncidentCutShort), (4, IncidentCutShort), (5, FileCutShort)];
    let reading = check_bytes(bytes, &expected);
    assert_eq!(reading.histories.iter().map(|one| one.number.as_str()).collect::<Vec<_>>(), ["INC2"]);
}

#[test]
fn unusable_rows_are_told_and_the_rest_of_the_incident_stays() {
    let good = row("INC1", "New", 0, 1);
    let reading = check(
        &[
            good.clone(),
            format!("{good},one too many"),
            "INC1,too,few".to_owned(),
            good.replace("INC1", "?"),
            good.replace("INC1", "INC 1"),
            good.replace("INC1", &"I".repeat(65)),
            good.replace("1/3/2016 12:01,Phone", "30/2/2016 12:01,Phone"),
            good.replace("1/3/2016 12:01,Phone", "?,Phone"),
            good.clone(),
            row("INC1", "Active", 1, 2),
        ],
        &[
            (3, WrongColumnCount),
            (4, WrongColumnCount),
            (5, NumberUnusable),
            (6, NumberUnusable),
            (7, NumberUnusable),
            (8, UpdateTimeUnusable),
            (9, UpdateTimeUnusable),
            (10, DuplicateRow),
        ],
    );
    assert_eq!(reading.histories.len(), 1);
    assert_eq!(reading.histories[0].rows, 2);
}

#[test]
fn an_open_quotation_costs_its_own_line_only() {
    let reading = check(
        &[
            row("INC1", "New", 0, 1),
            row("INC1", "Active", 1, 2).replace("Group 1", "\"Group 1"),
            row("INC1", "Active", 2, 3),
            row("INC2", "New", 0, 1).replace("Group 1", "\"Group\n\"\"1\"\"\""),
            row("INC3", "New", 0, 1),
        ],
        &[(3, QuoteUnclosed)],
    );
    let lines: Vec<_> = reading.histories.iter().map(|history| history.changes[0].line).collect();
    assert_eq!(lines, [2, 5, 7]);
    let group = Fact::GroupBecame(Some("Group\n\"1\"".to_owned()));
    assert!(reading.histories[1].changes[0].facts.contains(&group));
}

#[test]
fn bytes_that_are_no_text_are_mended_where_they_can_be() {
    let mut bytes = log_of(&[row("INC1", "New", 0, 1), row("INC2", "New", 0, 1)]);
    let place = |bytes: &[u8], word: &[u8]| {
        bytes.windows(word.len()).position(|window| window == word).expect("the word")
    };
    let group = place(&bytes, b"Group 1");
    bytes[group] = 0xe9;
    let number = place(&bytes, b"INC2");
    bytes[number] = 0x80;
    let reading = check_bytes(bytes, &[(2, NotUtf8), (3, NumberUnusable)]);
    let group = Fact::GroupBecame(Some("\u{fffd}roup 1".to_owned()));
    assert!(reading.histories[0].changes[0].facts.contains(&group));
}

#[test]
fn long_cells_are_cut_and_long_lines_left_out() {
    let long = "é".repeat(CELL_BYTES_MAX);
    let endless = "x".repeat(RECORD_BYTES_MAX * 5);
    let reading = check(
        &[
            row("INC1", "New", 0, 1).replace("Group 1", &long),
            row("INC1", "New", 1, 2).replace("Group 1", &endless),
            row("INC1", "New", 2, 3).replace("true,0", "true,1"),
        ],
        &[(2, CellTooLong), (3, RecordTooLong)],
    );
    assert_eq!(reading.histories[0].rows, 2);
}

#[test]
fn an_incident_has_a_most_of_rows() {
    let rows: Vec<_> = (0..=ROWS_PER_INCIDENT_MAX)
        .map(|n| row("INC1", "New", u32::try_from(n).expect("small"), 1))
        .collect();
    let reading = read(log_of(&rows)).expect("a log");
    assert_eq!(reading.report.count(TooManyRows), 1);
    assert_eq!(reading.histories[0].rows as usize, ROWS_PER_INCIDENT_MAX);
}

#[test]
fn any_bytes_are_refused_or_read() {
    // A small multiplicative generator: the same damage on every run.
    let mut seed: u64 = 1;
    let mut next = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or_default() % below
    };
    let whole = log_of(&[row("INC1", "New", 0, 1), row("INC2", "Active", 0, 2), row("INC1", "Closed", 1, 3)]);
    let marks = [b'"', b',', b'\n', b'\r', 0, 0xff, b'?', b'/'];
    for _ in 0..3_000 {
        let mut bytes = whole.clone();
        for _ in 0..=next(6) {
            let place = next(bytes.len());
            bytes[place] = marks[next(marks.len())];
        }
        bytes.truncate(bytes.len() - next(40));
        // Either outcome is right; `read` itself checks that no row goes untold.
        drop(read(bytes));
    }
}
