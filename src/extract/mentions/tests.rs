use crate::extract::Reader;
use crate::model::{Document, MentionForm, Reading};

/// The words of all descriptions and pronouns, in order.
fn described(text: &str) -> Vec<String> {
    let found = Reader::embedded(Reading::Fast).read(Document::from_text("test", text));
    let mentions = found.mentions.iter().filter(|mention| mention.form != MentionForm::Name);
    mentions.map(|mention| mention.span.slice(text).to_owned()).collect()
}

#[test]
fn noun_phrases_are_whole() {
    for (text, expected) in [
        ("A young Burmese pilot was freed in Bago.", &["A young Burmese pilot"][..]),
        ("Women detainees and my son were freed.", &["Women detainees", "my son", "my"]),
        ("The bomber hit the crowded bakery.", &["The bomber", "the crowded bakery"]),
        ("Police said the country was calm.", &["Police", "the country"]),
        ("The fire destroyed at least ten buses.", &["ten buses"]),
        ("Houses were damaged.", &["Houses"]),
    ] {
        assert_eq!(described(text), expected, "{text}");
    }
}

#[test]
fn what_only_describes_another_noun_is_none() {
    for (text, expected) in [
        ("The juror list was long.", &[][..]),
        ("They took him to court in a police car.", &["They", "him", "a police car", "police"]),
        ("It rained in Tulsa. It seems that nobody came.", &[]),
        ("The bar was raised at the end of the day.", &["The bar"]),
    ] {
        assert_eq!(described(text), expected, "{text}");
    }
}
