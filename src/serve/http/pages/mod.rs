//! The pages for people: one program in the browser, and the answers that it shows.
//!
//! Where a browser asks for what programs get as data under the same address (`/entity/…`, `/document/…`, `/ask/…`), it
//! gets the page that shows it.

mod api;
mod assets;

pub(super) use api::routes;
pub(super) use assets::{asset, instead, page};
