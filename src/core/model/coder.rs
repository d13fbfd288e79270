//! Who codes.

use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct as _};

use super::{
    attribute::{Values, as_pairs},
    code::Hue,
    ids::CoderId,
};

/// A person who codes; every entry of the log bears one.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Coder {
    /// Identity.
    pub id: CoderId,
    /// Name as shown and as sheets write it.
    pub name: String,
    /// Colour; `None` where nobody has chosen one.
    #[serde(default)]
    pub hue: Option<Hue>,
    /// Values of attributes, which have no phases.
    #[serde(default, with = "super::attribute::as_pairs")]
    pub values: Values,
}

impl Coder {
    /// A coder with a name and nothing else.
    pub fn new(id: CoderId, name: String) -> Self {
        Self {
            id,
            name,
            hue: None,
            values: Values::new(),
        }
    }
}

impl Serialize for Coder {
    /// The log leaves out a colour that nobody has chosen, and values if there are none; the checkpoint can't leave out
    /// fields.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// Writes values as pairs.
        #[derive(Serialize)]
        #[serde(transparent)]
        struct Pairs<'a>(#[serde(serialize_with = "as_pairs::serialize")] &'a Values);

        let whole = !serializer.is_human_readable();
        let writes_hue = whole || self.hue.is_some();
        let writes_values = whole || !self.values.is_empty();
        let n_fields = 2 + usize::from(writes_hue) + usize::from(writes_values);
        let mut fields = serializer.serialize_struct("Coder", n_fields)?;
        fields.serialize_field("id", &self.id)?;
        fields.serialize_field("name", &self.name)?;
        if writes_hue {
            fields.serialize_field("hue", &self.hue)?;
        }
        if writes_values {
            fields.serialize_field("values", &Pairs(&self.values))?;
        }
        fields.end()
    }
}
