//! The time as it is written into the store.

/// Now, in whole seconds: "2031-04-02T10:15:00Z".
pub fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}
