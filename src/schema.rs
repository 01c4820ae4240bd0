//! The JSON Schema of `catalog.json`, generated from the types that read it.
//!
//! Whoever makes a catalog by program can hold it against this before anything of ours sees it. What a schema cannot say,
//! such as that ids are unique and links safe, [`Catalog::validate`] says.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::catalog::{Catalog, FORMAT, MAX_ENTRIES, MAX_MESSAGE, MAX_MESSAGES};

/// The schema of the format that this build writes (JSON Schema, draft 2020-12).
pub fn catalog() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema: Value = generator.into_root_schema_for::<Catalog>().into();
    schema["$id"] = json!(format!("urn:error-diagnoser:catalog:{FORMAT}"));
    schema["title"] = json!(format!("A catalog of explained errors, format {FORMAT}"));
    // Limits that the types do not carry.
    schema["properties"]["format"]["maximum"] = json!(FORMAT);
    schema["properties"]["entries"]["maxItems"] = json!(MAX_ENTRIES);
    schema["properties"]["date"]["pattern"] = json!("^([0-9]{4}-[0-9]{2}-[0-9]{2})?$");
    let entry = &mut schema["$defs"]["Entry"]["properties"];
    entry["id"]["pattern"] = json!("^[a-z0-9-]+(/[a-z0-9-]+)+$");
    entry["messages"]["minItems"] = json!(1);
    entry["messages"]["maxItems"] = json!(MAX_MESSAGES);
    entry["texts"]["minProperties"] = json!(1);
    schema["$defs"]["Message"]["properties"]["text"]["maxLength"] = json!(MAX_MESSAGE);
    schema
}
