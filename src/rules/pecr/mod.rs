//! The Privacy and Electronic Communications (EC Directive) Regulations 2003.

pub(crate) mod reg20_consent;
pub(crate) mod reg20_objection;
pub(crate) mod reg20_permission;
pub(crate) mod reg20_register;
pub(crate) mod reg20_unsolicited;
pub(crate) mod reg22_charitable_soft_opt_in;
pub(crate) mod reg22_consent;
pub(crate) mod reg22_individual_subscriber;
pub(crate) mod reg22_soft_opt_in;
pub(crate) mod reg22_unsolicited;
pub(crate) mod reg23_electronic_commerce;
pub(crate) mod reg23_identity;
pub(crate) mod reg23_valid_address;
pub(crate) mod reg2_electronic_mail;
