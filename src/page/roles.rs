//! What each section of a page is: an entry, a situation or a label inside one, or prose.

use super::labels::Label;
use super::section::Section;
use super::troubles::Tells;

/// What each section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Prose,
    Entry,
    Situation,
    Label,
}

pub(super) struct Roles(pub Vec<Role>);

impl Roles {
    /// Decides for all sections: from the leaves up what stands in them, then from the top down what they are.
    pub fn of(sections: &[Section], own: bool) -> Self {
        let count = sections.len();
        let mut roles = vec![Role::Prose; count];
        // Whether labels stand anywhere below a section: then its heading is a chapter's, even if it reads "Errors".
        let (mut labels_below, mut message_below) = (vec![false; count], vec![false; count]);
        // How many headings below it tell what goes wrong: of several it is the chapter.
        let mut troubles_below = vec![0; count];
        for index in (0..count).rev() {
            for &child in &sections[index].children {
                let labelled = sections[child].is_labelled();
                labels_below[index] |= labels_below[child] || labelled;
                troubles_below[index] += troubles_below[child] + usize::from(sections[child].tells == Tells::Trouble);
                // What a label's heading holds is the entry's own.
                message_below[index] |=
                    roles[child] != Role::Label && (message_below[child] || sections[child].has(Label::Message));
            }
            // Several errors under "Solutions" or "Errors": a chapter. So is a page's title.
            let explains =
                matches!(sections[index].label, Some((Label::Message | Label::Cause | Label::Resolution, ..)));
            let is_page = sections[index].level == 1 && !sections[index].children.is_empty() && !own;
            let errors = sections[index].children.iter().filter(|&&child| sections[child].has(Label::Message)).count();
            if sections[index].label.is_some()
                && index > 0
                && !(explains && errors > 1 || is_page)
                && !labels_below[index]
                && !sections[index].has_fix()
            {
                roles[index] = Role::Label;
            }
        }
        let mut stack = vec![(0_usize, false, false)];
        while let Some((index, inside, labelled)) = stack.pop() {
            let section = &sections[index];
            // A label of no entry is a chapter, and what stands under it is told by itself.
            let is_chapter = roles[index] == Role::Label && !inside;
            if is_chapter {
                roles[index] = Role::Prose;
            }
            let headings: Vec<Label> = section
                .children
                .iter()
                .filter(|&&child| roles[child] == Role::Label)
                .filter_map(|&child| sections[child].label.as_ref().map(|(label, ..)| *label))
                .collect();
            // One heading such as "Description" is a chapter; two kinds of them make an entry.
            let by_headings = headings.iter().any(|label| *label != headings[0])
                || !headings.is_empty() && (section.has(Label::Message) || section.has_fix() || inside);
            let told = |child: &usize| roles[*child] == Role::Label && sections[*child].has(Label::Message);
            let message = section.has(Label::Message)
                || by_headings && (headings.contains(&Label::Message) || section.children.iter().any(told));
            let fix = section.has_fix()
                || section.has(Label::Symptom)
                || by_headings && headings.iter().any(|label| *label != Label::Message && *label != Label::App);
            // What stands under a label's heading is labelled by it.
            if roles[index] != Role::Label && !labelled && !is_chapter {
                roles[index] = match (message, fix) {
                    _ if own && section.level == 2 && !section.table => Role::Entry,
                    _ if own && inside && (message || fix) => Role::Situation,
                    // What its prose tells under "Increase the limit" belongs to the error above it.
                    (true, _) if inside && section.tells == Tells::Instruction && !section.is_labelled() => Role::Prose,
                    // What introduces several errors is none itself, even if it shows one.
                    (true, _)
                        if section.tells == Tells::Chapter && !section.is_labelled() && troubles_below[index] > 1 =>
                    {
                        Role::Prose
                    }
                    (true, _) => Role::Entry,
                    (false, true) if inside => Role::Situation,
                    (false, true) if !message_below[index] && (own || !section.table || !section.cases.is_empty()) => {
                        Role::Entry
                    }
                    _ if section.tells == Tells::Trouble
                        && !(inside || section.table || message_below[index] || labels_below[index])
                        && troubles_below[index] < 2
                        && (!section.parts.is_empty() || !section.children.is_empty()) =>
                    {
                        Role::Entry
                    }
                    _ => Role::Prose,
                };
            }
            let inside = inside || roles[index] == Role::Entry;
            let labelled = labelled || roles[index] == Role::Label;
            stack.extend(section.children.iter().map(|&child| (child, inside, labelled)));
        }
        // Headings that look like labels, but of no entry: chapters of the page.
        for index in 0..count {
            if matches!(roles[index], Role::Prose) {
                for &child in &sections[index].children {
                    if roles[child] == Role::Label {
                        roles[child] = Role::Prose;
                    }
                }
            }
        }
        Self(roles)
    }
}
