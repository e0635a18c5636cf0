//! What the pictures ([`svg`](super::svg), [`html`](super::html), [`dot`](super::dot)) have in common.

/// How a picture is headed.
///
/// ```
/// use isnad::export::PictureOptions;
/// let options = PictureOptions { title: "Releases in March".into(), ..PictureOptions::default() };
/// assert!(options.subtitle.is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureOptions {
    /// The heading; none is drawn when empty.
    pub title: String,
    /// A line under the heading: the source, the date, the question asked.
    pub subtitle: Option<String>,
}

impl Default for PictureOptions {
    fn default() -> Self {
        PictureOptions { title: "Knowledge graph".to_owned(), subtitle: None }
    }
}
