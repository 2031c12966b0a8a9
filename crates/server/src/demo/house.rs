//! The house itself: zone, thresholds, matrix and the category tree of §3.1.

use incident::Setting;
use incident::communication::{self, Topic};
use incident::major_incident::MajorRules;
use incident::priority::Matrix;
use incident::setup::{Category, CategoryCode, House};
use incident::survey::Scale;

/// Code, name, and the code of the category above.
const CATEGORIES: &[(&str, &str, Option<&str>)] = &[
    ("hardware_failure", "Hardware failure", None),
    ("server_hardware", "Server or storage", Some("hardware_failure")),
    ("printer", "Printer or scanner", Some("hardware_failure")),
    ("end_device", "Workstation or handheld", Some("hardware_failure")),
    ("software_bug", "Software bug", None),
    ("business_application", "Business application", Some("software_bug")),
    ("interface", "Interface between systems", Some("software_bug")),
    ("operating_system", "Operating system", Some("software_bug")),
    ("network_outage", "Network outage", None),
    ("wide_area", "Line or provider", Some("network_outage")),
    ("wireless", "Wi-Fi", Some("network_outage")),
    ("remote_access", "VPN and remote access", Some("network_outage")),
    ("name_resolution", "DNS and DHCP", Some("network_outage")),
    ("performance_degradation", "Performance degradation", None),
    ("slow_database", "Slow database", Some("performance_degradation")),
    ("slow_application", "Slow application", Some("performance_degradation")),
    ("capacity", "Capacity", Some("performance_degradation")),
    ("access", "Accounts and access", None),
    ("certificate", "Certificate or key", Some("access")),
    ("backup", "Backup and restore", None),
    ("request", "Request for information", None),
];

/// The house's own thresholds.
pub(super) fn house() -> Setting {
    let code = |code: &str| CategoryCode(code.into());
    let category = |&(own, name, under): &(&str, &str, Option<&str>)| Category {
        code: code(own),
        name: name.into(),
        under: under.map(code),
        retired_at: None,
    };
    Setting::House(House {
        version: 1,
        zone: "Europe/London".into(),
        log_within_minutes: Some(5),
        matrix: Matrix { version: 1, rows: Matrix::default().rows },
        categories: CATEGORIES.iter().map(category).collect(),
        major: MajorRules {
            clients_min: Some(3),
            services_min: Some(5),
            manager_within_minutes: Some(5),
            brief_every_minutes: Some(30),
            span_max: Some(7),
        },
        merge_undo_within_minutes: Some(60),
        breach_notice_within_minutes: Some(72 * 60),
        communication: communication::Rules {
            approval_for: [Topic::DataLoss, Topic::Security, Topic::Blame].into(),
            ..communication::Rules::default()
        },
        survey: Some(Scale { best: 5 }),
        ..House::default()
    })
}
