//! Values that panels prepare from the project and keep until it changes.

/// A value that is prepared again only when its key changes.
///
/// Panels are painted up to 60 times a second, the project changes a few times a minute:
/// with the project's revision in the key, rows are prepared once for each change.
#[derive(Debug)]
pub(super) struct Cached<K, V>(Option<(K, V)>);

impl<K, V> Default for Cached<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, V> Cached<K, V> {
    /// Prepares the value unless it was prepared for this key; returns true if it was prepared now.
    pub(super) fn refresh(&mut self, key: K, make: impl FnOnce(&K) -> V) -> bool {
        if self.0.as_ref().is_some_and(|(of, _)| *of == key) {
            return false;
        }
        let value = make(&key);
        self.0 = Some((key, value));
        true
    }

    /// Returns the value for a key, preparing it if it was prepared for another one.
    pub(super) fn get(&mut self, key: K, make: impl FnOnce(&K) -> V) -> &V {
        self.refresh(key, make);
        let (_, value) = self.0.as_ref().expect("refresh has just filled it");
        value
    }

    /// The value as it was last prepared.
    pub(super) fn value(&self) -> Option<&V> {
        self.0.as_ref().map(|(_, value)| value)
    }

    /// Forgets the value, so that it is prepared again.
    pub(super) fn clear(&mut self) {
        self.0 = None;
    }
}
