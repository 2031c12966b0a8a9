//! Which text each mutant of a file changes: the syntax is walked, and each mutant is taken where it begins.

use std::collections::BTreeMap;
use std::ops::Range;

use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Signature};

use super::text::Text;
use super::{Left, Said, Site};
use crate::mutants::list::{Genre, Mutant, MutantId};

/// A change of the text between two bytes.
#[derive(Debug)]
pub(super) struct Edit {
    pub(super) bytes: Range<usize>,
    pub(super) change: Change,
}

/// What becomes of that text.
#[derive(Debug)]
pub(super) enum Change {
    /// It goes.
    Gone,
    /// Before it: return, with a mutant on.
    Return(Site, Vec<Other>),
    /// It, or with a mutant on something else.
    Choose(Site, Vec<Other>),
    /// It is an arm's guard, or the empty text where one would stand: no, with the mutant on.
    PassOver(Site, MutantId),
}

/// What stands there with a mutant on.
#[derive(Debug)]
pub(super) struct Other {
    pub(super) mutant: MutantId,
    pub(super) text: String,
}

/// What was found in a file.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) edits: Vec<Edit>,
    pub(super) sites: Vec<(Site, Vec<MutantId>)>,
    pub(super) left: Vec<(MutantId, Left)>,
}

/// The edits of a file; its sites are numbered after those before it.
pub(super) fn edits(source: &str, mutants: &[&Mutant], said: &Said, sites_before: u32) -> syn::Result<Found> {
    let text = Text::new(source);
    let mut waiting: BTreeMap<usize, Vec<&Mutant>> = BTreeMap::new();
    for mutant in mutants.iter().filter(|mutant| !said.left.contains_key(&mutant.id)) {
        waiting.entry(text.position(mutant.extent.start)).or_default().push(mutant);
    }
    let found = Found { edits: Vec::new(), sites: Vec::new(), left: Vec::new() };
    let mut finder = Finder { text, waiting, said, last_site: sites_before, constants: 0, found };
    finder.visit_file(&syn::parse_file(source)?);
    let Finder { waiting, mut found, .. } = finder;
    found.left.extend(waiting.values().flatten().map(|mutant| (mutant.id, Left::NotFound)));
    Ok(found)
}

struct Finder<'a> {
    text: Text<'a>,
    /// By the byte at which they begin.
    waiting: BTreeMap<usize, Vec<&'a Mutant>>,
    said: &'a Said,
    last_site: u32,
    /// How many constants lie around the place.
    constants: usize,
    found: Found,
}

impl<'a> Finder<'a> {
    /// Takes the mutants of a kind that begin here; where they cannot be tried, they are left and none come.
    fn take(&mut self, begin: usize, genre: Genre, left: Option<Left>) -> Vec<&'a Mutant> {
        let Some(here) = self.waiting.get_mut(&begin) else { return Vec::new() };
        let taken: Vec<&Mutant> = here.extract_if(.., |mutant| mutant.genre == genre).collect();
        let left = left.or((self.constants > 0).then_some(Left::Constant));
        let Some(left) = left else { return taken };
        self.found.left.extend(taken.iter().map(|mutant| (mutant.id, left)));
        Vec::new()
    }

    fn site(&mut self, mutants: Vec<MutantId>) -> Site {
        self.last_site += 1;
        let site = Site(self.last_site);
        self.found.sites.push((site, mutants));
        site
    }

    fn edit(&mut self, bytes: Range<usize>, change: Change) {
        self.found.edits.push(Edit { bytes, change });
    }

    fn in_constant(&mut self, visit: impl FnOnce(&mut Self)) {
        self.constants += 1;
        visit(self);
        self.constants -= 1;
    }

    /// A function asks at its beginning, and cannot while it is `const`: it is no more, unless a constant calls it.
    fn function(&mut self, signature: &Signature, block: &syn::Block, visit: impl FnOnce(&mut Self)) {
        let is_called = self.said.constant.contains(&signature.ident.to_string());
        match &signature.constness {
            Some(_) if is_called => {
                return self.in_constant(|finder| {
                    finder.body(block);
                    visit(finder);
                });
            }
            Some(word) => self.edit(self.text.bytes(word), Change::Gone),
            None => {}
        }
        self.body(block);
        visit(self);
    }

    fn body(&mut self, block: &syn::Block) {
        let Some(first) = block.stmts.first() else { return };
        let values = self.take(self.text.bytes(first).start, Genre::FnValue, None);
        if values.is_empty() {
            return;
        }
        let begin = self.text.spot(block.brace_token.span.open().end());
        let other = |mutant: &&Mutant| Other { mutant: mutant.id, text: mutant.replacement.clone() };
        let others = values.iter().map(other).collect();
        let site = self.site(values.iter().map(|mutant| mutant.id).collect());
        self.edit(begin..begin, Change::Return(site, others));
    }

    /// The whole of an expression is chosen, where mutants change something that begins within it.
    fn choice(&mut self, whole: Range<usize>, begin: usize, genre: Genre, left: Option<Left>) {
        let mutants = self.take(begin, genre, left);
        if mutants.is_empty() {
            return;
        }
        let other = |mutant: &&Mutant| {
            let changed = self.text.position(mutant.extent.start)..self.text.position(mutant.extent.end);
            let (before, after) =
                (self.text.of(whole.start..changed.start), self.text.of(changed.end..whole.end));
            Other { mutant: mutant.id, text: format!("{before}{}{after}", mutant.replacement) }
        };
        let others = mutants.iter().map(other).collect();
        let site = self.site(mutants.iter().map(|mutant| mutant.id).collect());
        self.edit(whole, Change::Choose(site, others));
    }

    fn passing_over(&mut self, arm: &syn::Arm) {
        let guard = arm.guard.as_ref().map(|(_, guard)| &**guard);
        let left = guard.and_then(let_chain);
        let begin = self.text.bytes(arm).start;
        let behind_pattern = self.text.bytes(&arm.pat).end;
        let asked = guard.map_or(behind_pattern..behind_pattern, |guard| self.text.bytes(guard));
        for mutant in self.take(begin, Genre::MatchArm, left) {
            let site = self.site(vec![mutant.id]);
            self.edit(asked.clone(), Change::PassOver(site, mutant.id));
        }
    }
}

/// A condition with `let` in it can stand in no parentheses.
fn let_chain(condition: &Expr) -> Option<Left> {
    match condition {
        Expr::Let(_) => Some(Left::LetChain),
        Expr::Binary(both) if matches!(both.op, BinOp::And(_)) => {
            let_chain(&both.left).or_else(|| let_chain(&both.right))
        }
        _ => None,
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.function(&function.sig, &function.block, |finder| visit::visit_item_fn(finder, function));
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.function(&function.sig, &function.block, |finder| visit::visit_impl_item_fn(finder, function));
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.body(block);
        }
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_item_const(&mut self, constant: &'ast syn::ItemConst) {
        self.in_constant(|finder| visit::visit_item_const(finder, constant));
    }

    fn visit_item_static(&mut self, constant: &'ast syn::ItemStatic) {
        self.in_constant(|finder| visit::visit_item_static(finder, constant));
    }

    fn visit_impl_item_const(&mut self, constant: &'ast syn::ImplItemConst) {
        self.in_constant(|finder| visit::visit_impl_item_const(finder, constant));
    }

    /// An array's type holds its length.
    fn visit_type(&mut self, array: &'ast syn::Type) {
        self.in_constant(|finder| visit::visit_type(finder, array));
    }

    fn visit_expr_binary(&mut self, both: &'ast syn::ExprBinary) {
        let whole = self.text.bytes(&both.left).start..self.text.bytes(&both.right).end;
        let left = let_chain(&both.left).or_else(|| let_chain(&both.right));
        self.choice(whole, self.text.bytes(&both.op).start, Genre::BinaryOperator, left);
        visit::visit_expr_binary(self, both);
    }

    fn visit_expr_unary(&mut self, one: &'ast syn::ExprUnary) {
        let whole = self.text.bytes(&one.op).start..self.text.bytes(&one.expr).end;
        self.choice(whole.clone(), whole.start, Genre::UnaryOperator, None);
        visit::visit_expr_unary(self, one);
    }

    fn visit_expr_struct(&mut self, made: &'ast syn::ExprStruct) {
        let whole = self.text.bytes(made);
        for field in &made.fields {
            self.choice(whole.clone(), self.text.bytes(field).start, Genre::StructField, None);
        }
        visit::visit_expr_struct(self, made);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        self.passing_over(arm);
        if let Some((_, guard)) = &arm.guard {
            let whole = self.text.bytes(guard);
            self.choice(whole.clone(), whole.start, Genre::MatchArmGuard, let_chain(guard));
        }
        visit::visit_arm(self, arm);
    }
}
