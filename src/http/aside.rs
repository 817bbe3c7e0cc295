//! Work that takes long, kept off the threads that answer everybody.

use tokio::task::{JoinError, JoinHandle};

use super::problem::Problem;
use crate::{store::StoreError, telemetry::Request};

/// A body of this many bytes is worked on aside. To hand work over costs some ten microseconds: less than a hundredth
/// of what it takes to read a message of that size.
pub(super) const LARGE: usize = 32 * 1024;

/// Does the work on a body of so many bytes: here if it is small, else on a thread for what takes long.
///
/// If the caller goes away, work that has not begun is not begun. `maysend serve` has as many such threads as the
/// machine has cores, so that large bodies wait for each other and small ones for none of them.
pub(super) async fn run<T: Send + 'static>(
    bytes: usize,
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    if bytes < LARGE { work() } else { away(work).await }
}

/// Does the work on a thread for what takes long, such as reading from disk.
pub(super) async fn away<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    // What it logs belongs to the request.
    let request = Request::current();
    let mut work = Abandoned(tokio::task::spawn_blocking(move || match request {
        Some(request) => request.work(work),
        None => work(),
    }));
    match (&mut work.0).await.map_err(JoinError::try_into_panic) {
        Ok(done) => done,
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        Err(Err(_)) => Err(StoreError::Stopped.into()),
    }
}

/// Work that is not begun any more once nobody waits for it.
struct Abandoned<T>(JoinHandle<T>);

impl<T> Drop for Abandoned<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::http::problem::Kind;

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().build().expect("a runtime")
    }

    #[rstest::rstest]
    #[case(LARGE - 1, true)]
    #[case(LARGE, false)]
    fn only_large_bodies_are_worked_on_aside(#[case] bytes: usize, #[case] here: bool) {
        let thread = runtime().block_on(run(bytes, || Ok(thread::current().id())));
        assert_eq!(thread == Ok(thread::current().id()), here);
        let refused = runtime().block_on(run(bytes, || Err::<(), _>(Problem::new(Kind::EmptyBody, "no"))));
        assert_eq!(refused.map_err(|problem| problem.kind()), Err(Kind::EmptyBody));
    }

    #[test]
    #[should_panic(expected = "as here")]
    fn a_panic_comes_back() {
        let _ = runtime().block_on(run::<()>(LARGE, || panic!("as here")));
    }
}
