//! The names that tools usually give their fields, in lower case and without what stands between words.
//!
//! Lists alone: what is made of a field is `guess`'s, and what of a label stays the same is `identity`'s.

/// What an alert is called, the more telling first.
pub(super) const NAMES: &[&str] = &[
    "alertname",
    "alertrule",
    "rulename",
    "alarmname",
    "monitorname",
    "checkname",
    "conditionname",
    "problemtitle",
    "eventname",
    "alerttitle",
    "title",
    "headline",
    "subject",
    "triggername",
    "name",
    "displayname",
    "alert",
    "alarm",
    "check",
    "problem",
    "summary",
    "message",
    "msg",
    "text",
    "event",
    "description",
    "service",
    "host",
    "hostname",
];

/// One line that says what is wrong.
pub(super) const SUMMARIES: &[&str] = &[
    "summary",
    "title",
    "alerttitle",
    "headline",
    "subject",
    "shortmessage",
    "shortdescription",
    "message",
    "msg",
    "text",
    "alertmessage",
    "problem",
    "description",
    "reason",
    "output",
    "name",
];

/// Longer texts.
pub(super) const PROSE: &[&str] = &[
    "description",
    "details",
    "message",
    "msg",
    "text",
    "body",
    "output",
    "longoutput",
    "longdescription",
    "reason",
    "comment",
    "comments",
    "note",
    "cause",
    "error",
    "alertdescription",
];

/// How it is now.
pub(super) const STATES: &[&str] = &[
    "alertstatus",
    "alertstate",
    "alerttransition",
    "currentstate",
    "currentstatus",
    "newstate",
    "newstatus",
    "monitorstatus",
    "monitorstate",
    "servicestate",
    "hoststate",
    "status",
    "state",
    "notificationtype",
    "transition",
    "condition",
    "eventtype",
    "eventaction",
    "action",
    "alerttype",
    "statusname",
    "statustext",
    "event",
    "trigger",
    "result",
    "type",
];

/// Fields that say by being true that it is over.
pub(super) const OVER: &[&str] =
    &["resolved", "isresolved", "recovered", "isrecovered", "cleared", "iscleared"];

/// How bad the tool calls it.
pub(super) const SEVERITIES: &[&str] =
    &["severity", "alertseverity", "severitylabel", "priority", "urgency", "criticality", "level", "impact"];

/// What stays the same while the same thing is wrong.
pub(super) const KEYS: &[&str] = &[
    "dedupkey",
    "deduplicationkey",
    "fingerprint",
    "incidentkey",
    "correlationid",
    "alertkey",
    "alias",
    "problemid",
    "alertid",
    "incidentid",
    "monitorid",
    "checkid",
    "ruleid",
    "triggerid",
    "sensorid",
    "alarmid",
];

/// When it began.
pub(super) const STARTS: &[&str] = &[
    "startsat",
    "startedat",
    "starttime",
    "startdate",
    "start",
    "activeat",
    "firedat",
    "fireddatetime",
    "triggeredat",
    "openedat",
    "raisedat",
    "firstseen",
    "timestamp",
    "occurredat",
    "eventtime",
    "createdat",
    "created",
    "time",
    "datetime",
    "date",
];

/// Where to look in the tool.
pub(super) const LINKS: &[&str] = &[
    "alerturl",
    "incidenturl",
    "problemurl",
    "eventurl",
    "permalink",
    "htmlurl",
    "weburl",
    "link",
    "url",
    "detailsurl",
    "dashboardurl",
    "ruleurl",
    "generatorurl",
    "targeturl",
    "href",
];

/// Objects or lists of labels.
pub(super) const LABEL_LISTS: &[&str] = &["labels", "tags", "dimensions", "attributes", "annotations"];

/// Single fields that are labels.
pub(super) const SINGLE_LABELS: &[&str] = &[
    "host",
    "hostname",
    "instance",
    "device",
    "node",
    "server",
    "service",
    "servicename",
    "component",
    "resource",
    "entity",
    "application",
    "ip",
    "address",
    "site",
    "group",
    "environment",
    "region",
    "cluster",
    "namespace",
    "customer",
    "client",
    "clientname",
    "company",
    "tenant",
    "organization",
    "organizationname",
    "account",
    "metric",
    "source",
];
