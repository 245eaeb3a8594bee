//! A number that tells whether something is still the same.

/// FNV-1a of 64 bits over these bytes, as sixteen digits. Not made to withstand people who want two things to look the same.
pub fn fingerprint(bytes: impl IntoIterator<Item = u8>) -> String {
    let hash = bytes
        .into_iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}
