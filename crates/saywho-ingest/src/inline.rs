//! Running text of a page as plain text, before the main text is looked for: the extractor drops elements that it does not
//! expect within a paragraph, with all that follows them up to the next. So none is left there but what it knows to keep.

use std::collections::HashSet;

use trafilatura::dom::{Document as Tree, NodeId};

use crate::paragraphs::{UNSEEN, is_block};

/// Elements that hold nothing but running text.
const RUNNING: [&str; 7] = ["p", "h1", "h2", "h3", "h4", "h5", "h6"];

/// Elements within running text that the extractor keeps and that tell it something: links (menus are full of them), line ends.
const KEPT: [&str; 2] = ["a", "br"];

/// Elements that make words bold: a paragraph that is bold as a whole is told apart later.
const BOLD: [&str; 2] = ["b", "strong"];

/// Takes elements out of running text and leaves their words. A run of text beside paragraphs becomes a paragraph.
pub(crate) fn flatten(tree: &mut Tree) {
    let Some(body) = tree.body() else { return };
    let all = tree.get_elements_by_tag_name(body, "*");
    let around = holding_blocks(tree, &all);
    let (mut running, mut inline) = (HashSet::new(), Vec::new());
    if has_words(tree, body) {
        running.insert(body);
    }
    for &node in &all {
        let name = tree.tag_name(node);
        let is_inline = !is_block(name) && !around.contains(&node);
        let runs_on = is_inline && tree.parent(node).is_some_and(|parent| running.contains(&parent));
        if runs_on || RUNNING.contains(&name) || has_words(tree, node) {
            running.insert(node);
        }
        if runs_on && !KEPT.contains(&name) {
            inline.push(node);
        }
    }
    let bold = bold_paragraphs(tree, &all);
    // Inner ones first: what is taken out is copied to where it stood.
    for node in inline.into_iter().rev() {
        match tree.tag_name(node) {
            name if is_unseen(name) => tree.remove(node, true),
            name if BOLD.contains(&name) && tree.parent(node).is_some_and(|parent| bold.contains(&parent)) => {}
            "q" => {
                marked(tree, node);
                tree.strip(node);
            }
            _ => tree.strip(node),
        }
    }
    for node in [body].into_iter().chain(tree.get_elements_by_tag_name(body, "*")) {
        if !RUNNING.contains(&tree.tag_name(node)) && has_words(tree, node) {
            wrap_runs(tree, node);
        }
    }
}

/// Makes a paragraph of what follows a block within one: a parser ends the paragraph where the block begins, and makes an empty
/// one of its end.
fn wrap_runs(tree: &mut Tree, node: NodeId) {
    let children = tree.child_nodes(node);
    let is_end = |&child: &NodeId| tree.tag_name(child) == "p" && tree.child_nodes(child).is_empty();
    if !children.iter().any(is_end) {
        return;
    }
    let mut run = None;
    for child in children {
        let is_inline =
            tree.is_text(child) || KEPT.contains(&tree.tag_name(child)) || BOLD.contains(&tree.tag_name(child));
        // Moved behind all others in any case, so that the order stays.
        if !is_inline {
            run = None;
            tree.append_child(node, child);
        } else if run.is_some() || !tree.text_content(child).trim().is_empty() {
            let paragraph = *run.get_or_insert_with(|| tree.sub_element(node, "p"));
            tree.append_child(paragraph, child);
        }
    }
}

/// Whether nobody sees the words in it: a browser shows something else in their place, or nothing.
fn is_unseen(name: &str) -> bool {
    UNSEEN.contains(&name)
}

/// The elements that hold a block somewhere.
fn holding_blocks(tree: &Tree, all: &[NodeId]) -> HashSet<NodeId> {
    let mut around = HashSet::new();
    for &node in all.iter().filter(|&&node| is_block(tree.tag_name(node))) {
        let mut above = tree.parent(node);
        while let Some(next) = above.filter(|&next| around.insert(next)) {
            above = tree.parent(next);
        }
    }
    around
}

/// Whether words stand in it outside of other elements.
fn has_words(tree: &Tree, node: NodeId) -> bool {
    tree.child_nodes(node).into_iter().any(|child| tree.is_text(child) && !tree.text_content(child).trim().is_empty())
}

/// The paragraphs all of whose words are in bold elements of their own.
fn bold_paragraphs(tree: &Tree, all: &[NodeId]) -> HashSet<NodeId> {
    let is_bold = |node: &NodeId| {
        let words = |child: &NodeId| !tree.text_content(*child).trim().is_empty();
        let mut with_words = tree.child_nodes(*node).into_iter().filter(words).peekable();
        with_words.peek().is_some() && with_words.all(|child| BOLD.contains(&tree.tag_name(child)))
    };
    all.iter().copied().filter(|&node| tree.tag_name(node) == "p").filter(is_bold).collect()
}

/// Sets the marks around a quotation that a browser shows there.
fn marked(tree: &mut Tree, node: NodeId) {
    let words = tree.text_content(node);
    if words.trim().is_empty() || words.trim_start().starts_with(['“', '"', '‘', '«']) {
        return;
    }
    let first = format!("“{}", tree.text(node).trim_start());
    tree.set_text(node, &first);
    let last = tree.create_text_node("”");
    tree.append_child(node, last);
}
