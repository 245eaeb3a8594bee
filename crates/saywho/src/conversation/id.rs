//! Which person over all accounts, and which of those who talked: a token, a person and a party are three kinds of number.

use saywho_english::place;

place! {
    /// The place of a person among those of all accounts.
    PersonId
}

place! {
    /// The place of a person among those who talked.
    PartyId
}
