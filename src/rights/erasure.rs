//! Erasure (UK GDPR Art 17): what identifies and evidences goes, the promise not to write again stays.
