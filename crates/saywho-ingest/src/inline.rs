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

/// Elements that hold paragraphs; their text is one even where they hold no other.
const HOLDERS: [&str; 5] = ["article", "center", "details", "main", "section"];

/// Parts of a page that are not its article, and elements in which text is no paragraph.
const APART: [&str; 12] =
    ["aside", "button", "figure", "footer", "form", "header", "label", "nav", "pre", "select", "table", "textarea"];

/// The fewest words of text beside blocks that are a paragraph: fewer are labels and marks between links.
const WORDS_OF_A_RUN: usize = 4;

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
        // An element of running text around a block, within a text, hides what it holds.
        let hides =
            !is_block(name) && around.contains(&node) && tree.parent(node).is_some_and(|at| has_words(tree, at));
        if (runs_on && !KEPT.contains(&name)) || hides {
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
    // Inner ones first here too.
    for node in tree.get_elements_by_tag_name(body, "*").into_iter().rev().chain([body]) {
        if !RUNNING.contains(&tree.tag_name(node)) && has_words(tree, node) {
            wrap_runs(tree, node);
        }
    }
}

/// Makes paragraphs of the runs of text that stand beside blocks: the extractor drops most of them. (One that follows a block
/// within a paragraph is such a run too: a parser ends the paragraph where the block begins, and makes an empty one of its end.)
fn wrap_runs(tree: &mut Tree, node: NodeId) {
    let children = tree.child_nodes(node);
    let is_end = |&child: &NodeId| tree.tag_name(child) == "p" && tree.child_nodes(child).is_empty();
    let was_cut = children.iter().any(is_end);
    let is_beside = children.iter().any(|&child| is_block(tree.tag_name(child)));
    if !was_cut && (!(is_beside || HOLDERS.contains(&tree.tag_name(node))) || is_apart(tree, node)) {
        return;
    }
    let children = take_children(tree, node);
    let mut runs: Vec<(bool, Vec<NodeId>)> = Vec::new();
    for child in children {
        let name = tree.tag_name(child);
        let is_inline = tree.is_text(child) || KEPT.contains(&name) || BOLD.contains(&name);
        if was_cut && name == "div" && has_words(tree, child) && !holds_blocks(tree, child) {
            let words = take_children(tree, child);
            let paragraph = tree.sub_element(child, "p");
            words.into_iter().for_each(|word| tree.append_child(paragraph, word));
        }
        match runs.last_mut() {
            Some((true, run)) if is_inline => run.push(child),
            _ => runs.push((is_inline, vec![child])),
        }
    }
    for (is_inline, run) in runs {
        let words = |&child: &NodeId| tree.text_content(child).split_whitespace().count();
        let all: usize = run.iter().map(words).sum();
        let bare: usize = run.iter().filter(|&&child| tree.is_text(child)).map(words).sum();
        let is_paragraph = is_inline && if was_cut { all > 0 } else { bare >= WORDS_OF_A_RUN };
        // Moved behind all others in any case, so that the order stays.
        let parent = if is_paragraph { tree.sub_element(node, "p") } else { node };
        run.into_iter().for_each(|child| tree.append_child(parent, child));
    }
}

/// The children of a node. Its texts are out of the tree then: an element is moved with the text behind it, which would be
/// there twice once that is moved itself.
fn take_children(tree: &mut Tree, node: NodeId) -> Vec<NodeId> {
    let children = tree.child_nodes(node);
    let mut taken = Vec::with_capacity(children.len());
    for child in children {
        if tree.is_text(child) {
            let words = tree.text_content(child);
            tree.remove(child, true);
            taken.push(tree.create_text_node(&words));
        } else {
            taken.push(child);
        }
    }
    taken
}

/// Whether it is or stands in a part of a page that is not its article.
fn is_apart(tree: &Tree, node: NodeId) -> bool {
    let mut above = Some(node);
    while let Some(next) = above {
        if APART.contains(&tree.tag_name(next)) {
            return true;
        }
        above = tree.parent(next);
    }
    false
}

/// Whether a block stands directly in it.
fn holds_blocks(tree: &Tree, node: NodeId) -> bool {
    tree.child_nodes(node).into_iter().any(|child| is_block(tree.tag_name(child)))
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
