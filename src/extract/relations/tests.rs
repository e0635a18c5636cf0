//! Short texts from several settings: which relations they say, and which they do not.
