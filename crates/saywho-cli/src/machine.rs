//! What the machine tells about itself and about this process; Linux only, elsewhere it stays unknown.

use std::fs;

/// The most memory this process has held at once, in MiB.
pub fn peak_rss_mib() -> Option<f64> {
    let kib: f64 = field(&fs::read_to_string("/proc/self/status").ok()?, "VmHWM")?.split(' ').next()?.parse().ok()?;
    Some(kib / 1024.0)
}

/// The name of the processor: "unknown CPU" where the system does not tell.
pub fn cpu_name() -> String {
    let name = fs::read_to_string("/proc/cpuinfo").ok().and_then(|info| field(&info, "model name"));
    name.unwrap_or_else(|| "unknown CPU".into())
}

/// The value of the first line `key : value`, if there is one that is not empty.
fn field(lines: &str, key: &str) -> Option<String> {
    let mut pairs = lines.lines().filter_map(|line| line.split_once(':'));
    let value = pairs.find(|(name, _)| name.trim() == key)?.1.trim();
    Some(value.to_owned()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn a_field_is_found_by_its_whole_name() {
        let lines = "model\t\t: 17\nmodel name\t: Any CPU 3.0\nempty :\n";
        assert_eq!(field(lines, "model name").as_deref(), Some("Any CPU 3.0"));
        assert_eq!(field(lines, "empty"), None);
        assert_eq!(field(lines, "name"), None);
    }
}
