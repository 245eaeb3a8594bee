//! The names that the JSON contract gives to values, for those who write other forms.

use super::{Act, AttributionType, EntityKind, Medium, Polarity};

impl EntityKind {
    /// As in JSON: "person".
    pub fn name(self) -> &'static str {
        match self {
            EntityKind::Person => "person",
            EntityKind::Organisation => "organisation",
            EntityKind::State => "state",
            EntityKind::Group => "group",
            EntityKind::Document => "document",
            EntityKind::Unnamed => "unnamed",
        }
    }
}

impl AttributionType {
    /// As in JSON: "direct".
    pub fn name(self) -> &'static str {
        match self {
            AttributionType::Direct => "direct",
            AttributionType::Mixed => "mixed",
            AttributionType::Indirect => "indirect",
        }
    }
}

impl Act {
    /// As in JSON: "say".
    pub fn name(self) -> &'static str {
        match self {
            Act::Say => "say",
            Act::Inform => "inform",
            Act::Stress => "stress",
            Act::Ask => "ask",
            Act::Demand => "demand",
            Act::Offer => "offer",
            Act::Promise => "promise",
            Act::Warn => "warn",
            Act::Deny => "deny",
            Act::Agree => "agree",
            Act::Believe => "believe",
            Act::Want => "want",
            Act::Discuss => "discuss",
        }
    }
}

impl Polarity {
    /// As in JSON: "affirmed".
    pub fn name(self) -> &'static str {
        match self {
            Polarity::Affirmed => "affirmed",
            Polarity::Negated => "negated",
        }
    }
}

impl Medium {
    /// As in JSON: "in person".
    pub fn name(self) -> &'static str {
        match self {
            Medium::Telephone => "telephone",
            Medium::Video => "video",
            Medium::InPerson => "in person",
            Medium::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json<T: serde::Serialize>(value: T) -> String {
        serde_json::to_value(value).expect("a value").as_str().expect("a name").to_owned()
    }

    #[test]
    fn names_are_those_of_the_json_contract() {
        use Act::*;
        for act in [Say, Inform, Stress, Ask, Demand, Offer, Promise, Warn, Deny, Agree, Believe, Want, Discuss] {
            assert_eq!(json(act), act.name());
        }
        use EntityKind::*;
        for kind in [Person, Organisation, State, Group, Document, Unnamed] {
            assert_eq!(json(kind), kind.name());
        }
        for kind in [AttributionType::Direct, AttributionType::Mixed, AttributionType::Indirect] {
            assert_eq!(json(kind), kind.name());
        }
        for medium in [Medium::Telephone, Medium::Video, Medium::InPerson, Medium::Unknown] {
            assert_eq!(json(medium), medium.name());
        }
        for polarity in [Polarity::Affirmed, Polarity::Negated] {
            assert_eq!(json(polarity), polarity.name());
        }
    }
}
