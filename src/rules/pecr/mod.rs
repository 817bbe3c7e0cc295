//! The Privacy and Electronic Communications (EC Directive) Regulations 2003.

pub(crate) mod reg19_automated_system;
pub(crate) mod reg19_caller_identity;
pub(crate) mod reg19_consent;
pub(crate) mod reg21_caller_identity;
pub(crate) mod reg21_objection;
pub(crate) mod reg21_permission;
pub(crate) mod reg21_register;
pub(crate) mod reg21_unsolicited;
pub(crate) mod reg21a_consent;
pub(crate) mod reg21b_consent;
pub(crate) mod reg21b_existing_client;
pub(crate) mod reg22_charitable_soft_opt_in;
pub(crate) mod reg22_consent;
pub(crate) mod reg22_individual_subscriber;
pub(crate) mod reg22_soft_opt_in;
pub(crate) mod reg22_unsolicited;
pub(crate) mod reg23_electronic_commerce;
pub(crate) mod reg23_identity;
pub(crate) mod reg23_valid_address;
pub(crate) mod reg24_identity;
pub(crate) mod reg2_attempted;
pub(crate) mod reg2_electronic_mail;
