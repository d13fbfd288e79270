//! Who codes.

use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct as _};

use super::{code::Hue, ids::CoderId};

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
}

impl Coder {
    /// A coder with a name and nothing else.
    pub fn new(id: CoderId, name: String) -> Self {
        Self {
            id,
            name,
            hue: None,
        }
    }
}

impl Serialize for Coder {
    /// The log leaves out a colour that nobody has chosen; the checkpoint can't leave out fields.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let writes_hue = self.hue.is_some() || !serializer.is_human_readable();
        let mut fields = serializer.serialize_struct("Coder", 2 + usize::from(writes_hue))?;
        fields.serialize_field("id", &self.id)?;
        fields.serialize_field("name", &self.name)?;
        if writes_hue {
            fields.serialize_field("hue", &self.hue)?;
        }
        fields.end()
    }
}
