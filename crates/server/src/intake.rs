//! Intake: signals that arrive from monitoring tools (§3.1). Phone, e-mail and portal have their own doors.

pub mod reading;
