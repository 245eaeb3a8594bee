//! PDF parts that hold each other: the parser follows them until its stack is full, and no one can catch that.

use std::collections::HashSet;

use pdf_extract::content::Content;
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

/// The deepest nesting of forms and of page groups.
const DEEPEST: usize = 32;

/// Whether a page is in a group that is in itself, or draws a form that draws itself; or either goes too deep.
pub(crate) fn has_loops(pdf: &Document) -> bool {
    let mut clean = HashSet::new();
    pdf.get_pages().into_values().any(|page| match lineage(pdf, page) {
        Some(dictionaries) => {
            let resources = dictionaries.into_iter().find_map(|d| dictionary(pdf, d, b"Resources"));
            resources.is_some_and(|r| forms(pdf, r).any(|form| draws_itself(pdf, form, r, &mut Vec::new(), &mut clean)))
        }
        None => true,
    })
}

/// A page and the groups around it, if they end.
fn lineage(pdf: &Document, page: ObjectId) -> Option<Vec<&Dictionary>> {
    let mut found = Vec::new();
    let mut next = Some(page);
    while let Some(dictionary) = next.and_then(|id| pdf.get_dictionary(id).ok()) {
        if found.len() > DEEPEST {
            return None;
        }
        next = dictionary.get(b"Parent").and_then(Object::as_reference).ok();
        found.push(dictionary);
    }
    Some(found)
}

/// A dictionary within another, itself or by reference.
fn dictionary<'p>(pdf: &'p Document, of: &'p Dictionary, key: &[u8]) -> Option<&'p Dictionary> {
    let value = of.get(key).ok()?;
    pdf.dereference(value).ok()?.1.as_dict().ok()
}

/// The drawings that resources name.
fn forms<'p>(pdf: &'p Document, resources: &'p Dictionary) -> impl Iterator<Item = ObjectId> + 'p {
    let named = dictionary(pdf, resources, b"XObject").into_iter().flat_map(|d| d.iter());
    named.filter_map(|(_, value)| value.as_reference().ok())
}

/// Whether following the forms that a form draws comes back to one on the way. `clean` are those known not to.
fn draws_itself(
    pdf: &Document,
    form: ObjectId,
    around: &Dictionary,
    path: &mut Vec<ObjectId>,
    clean: &mut HashSet<ObjectId>,
) -> bool {
    if path.contains(&form) || path.len() > DEEPEST {
        return true;
    }
    let Some(stream) = pdf.get_object(form).and_then(Object::as_stream).ok().filter(|_| !clean.contains(&form)) else {
        return false;
    };
    // A form without resources uses those around it.
    let resources = dictionary(pdf, &stream.dict, b"Resources").unwrap_or(around);
    path.push(form);
    let names = drawn(stream);
    let inner = dictionary(pdf, resources, b"XObject")
        .into_iter()
        .flat_map(|all| names.iter().filter_map(|name| all.get(name).and_then(Object::as_reference).ok()));
    let itself = inner.into_iter().any(|inner| draws_itself(pdf, inner, resources, path, clean));
    path.pop();
    clean.insert(form);
    itself
}

/// The names of the drawings that a form's content draws; none for an image.
fn drawn(stream: &Stream) -> Vec<Vec<u8>> {
    if stream.dict.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Form") {
        return Vec::new();
    }
    let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    let content = Content::decode(&bytes);
    let draws = content.iter().flat_map(|c| &c.operations).filter(|operation| operation.operator == "Do");
    draws.filter_map(|operation| operation.operands.first()?.as_name().ok()).map(<[u8]>::to_vec).collect()
}
