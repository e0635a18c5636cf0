use crate::extract::Reader;
use crate::model::{Document, Place, Reading, Span};

/// Where the `nth` occurrence of `name` in a text lies.
fn place_of(text: &str, name: &str, nth: usize) -> Option<Place> {
    let reader = Reader::embedded(Reading::Fast);
    let read = reader.read(Document::from_text("note.txt", text));
    let (start, _) = text.match_indices(name).nth(nth).expect("the text has the name");
    reader.locate(&read, &[Span::new(start, start + name.len())]).pop().expect("one place for a span")
}

/// Where a name in a text lies is near these degrees.
fn assert_near(text: &str, name: &str, nth: usize, (latitude, longitude): (f64, f64)) {
    let place = place_of(text, name, nth);
    let point = place.as_ref().and_then(Place::point);
    let near =
        point.is_some_and(|point| (point.latitude - latitude).abs() < 0.5 && (point.longitude - longitude).abs() < 0.5);
    assert!(near, "{text:?}: {name} is {place:?}");
}

#[test]
fn the_words_around_say_in_what_a_place_lies() {
    for (text, name, degrees) in [
        ("A school in Damascus, Virginia, was closed.", "Damascus", (36.63, -81.78)),
        ("He drove from Moscow, Idaho, to Boise.", "Moscow", (46.73, -117.0)),
        ("The sheriff of Paris, Tex., was elected.", "Paris", (33.66, -95.56)),
        ("They moved to Tripoli in northern Lebanon.", "Tripoli", (34.43, 35.84)),
        ("Police in Hamilton (Ontario) found him.", "Hamilton", (43.25, -79.87)),
        ("The town of Lebanon, Tennessee, was hit.", "Lebanon", (36.2, -86.3)),
        ("Floods hit Washington state on Monday.", "Washington", (47.4, -120.5)),
    ] {
        assert_near(text, name, 0, degrees);
    }
}

#[test]
fn the_document_says_which_country_it_speaks_of() {
    assert_near("Rebels took Hama on Thursday. The Syrian army had left Homs.", "Hama", 0, (35.13, 36.75));
    assert_near(
        "The fire in Allen County spread. Indiana sent crews from Fort Wayne.",
        "Allen County",
        0,
        (41.07, -85.07),
    );
    assert_near("Libya is at war. They fled Tripoli by boat.", "Tripoli", 0, (32.88, 13.19));
}

#[test]
fn what_is_said_once_holds_for_the_document() {
    let text = "LONDON, Ky. A man was arrested on Friday. London police said he had fled.";
    assert_near(text, "London", 0, (37.13, -84.08));
}

#[test]
fn equals_in_a_list_do_not_lie_in_each_other() {
    assert_near("The ministers of Georgia, Armenia and Turkey met.", "Georgia", 0, (42.0, 43.5));
    assert_near("Cases were found in Texas, Georgia and Ohio.", "Georgia", 0, (32.6, -83.4));
}

#[test]
fn a_village_elsewhere_is_not_meant() {
    // There is a Kirkat in Turkey, and there are many villages called Burj, none listed in Syria.
    assert_eq!(place_of("Shells fell on Kirkat village, Syria.", "Kirkat", 0), None);
    assert_eq!(place_of("Syria said that Syrian troops left Marran on Sunday.", "Marran", 0), None);
}

#[test]
fn doubt_is_kept() {
    let place = place_of("The march began in Springfield.", "Springfield", 0).expect("several places have the name");
    assert!(place.score.is_some_and(|score| score < 0.9), "{place:?}");
    assert!(
        !place.candidates.is_empty() && place.candidates.iter().all(|key| key.starts_with("geonames:")),
        "{place:?}"
    );
    let sure = place_of("The march began in Damascus, Syria.", "Damascus", 0).expect("a capital");
    assert!(sure.score.is_some_and(|score| score >= 0.9) && sure.candidates.is_empty(), "{sure:?}");
}
