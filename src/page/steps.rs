//! What to do: a resolution's blocks → what stands before the steps, the steps, and whether they are a sequence or a
//! choice.

use super::blocks::{Block, Kind};
use super::prose::{self, Prose};
use super::ways;
use crate::catalog::{Inline, Situation};

/// Fills in a situation's intro and steps.
///
/// One list is the steps, and what stands before it is the intro. Several lists are a step each, together with the
/// paragraph before them. Without a list every paragraph is a step. Code, notes and tables go with what precedes them.
pub(super) fn read(blocks: &[Block], prose: &mut Prose, situation: &mut Situation) {
    let lists = blocks.iter().filter(|block| matches!(block.kind, Kind::List { .. })).count();
    if lists != 1 {
        situation.steps = groups(blocks).map(|group| prose.blocks(group)).filter(|step| !step.is_empty()).collect();
        return;
    }
    let at = blocks.iter().position(|block| matches!(block.kind, Kind::List { .. })).unwrap_or_default();
    let (before, after) = (&blocks[..at], &blocks[at + 1..]);
    situation.intro = prose.blocks(before);
    if let Kind::List { ordered, items } = &blocks[at].kind {
        situation.ordered = *ordered;
        situation.choice = !ordered && ways::counts_ways_out(&prose::words(&situation.intro));
        situation.steps = items.iter().map(|item| prose.blocks(item)).filter(|step| !step.is_empty()).collect();
    }
    let rest = prose.blocks(after);
    if rest.is_empty() {
        return;
    }
    // What follows ways out is not one of them.
    if situation.choice {
        situation.intro.push(Inline::Text("\n".into()));
        situation.intro.extend(rest);
    } else {
        situation.steps.push(rest);
    }
}

/// Blocks divided at paragraphs.
fn groups(blocks: &[Block]) -> impl Iterator<Item = &[Block]> {
    let begins = |block: &Block| matches!(block.kind, Kind::Paragraph(_) | Kind::Heading { .. });
    let mut starts: Vec<usize> = (1..blocks.len()).filter(|&at| begins(&blocks[at])).collect();
    starts.insert(0, 0);
    starts.push(blocks.len());
    (1..starts.len()).map(move |at| &blocks[starts[at - 1]..starts[at]])
}
