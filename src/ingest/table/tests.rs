use super::*;

const REGISTER: &[Column] = &[Column::Phone, Column::ListedAt];
const PHONE: &[DetailKind] = &[DetailKind::Phone];
const LIST: &[Column] = &[Column::Email, Column::Phone, Column::Postal, Column::Topics];
const EITHER: &[DetailKind] = &[DetailKind::Email, DetailKind::Phone];

fn layout(first: &str, asked: Option<Layout>) -> Result<Layout, LayoutError> {
    Table::new(first, asked, REGISTER, PHONE).map(|table| table.layout)
}

fn unknown() -> LayoutError {
    LayoutError::Unknown { columns: "`phone`".to_owned() }
}

#[rstest::rstest]
#[case("07700900123", None, Ok(Layout::Plain))]
#[case(" +44 7700 900123 ", None, Ok(Layout::Plain))]
#[case("phone", None, Ok(Layout::Csv))]
#[case("\"Telephone Number\",Name,Listed-At", None, Ok(Layout::Csv))]
#[case("n/a", Some(Layout::Plain), Ok(Layout::Plain))]
#[case("phone", Some(Layout::Plain), Ok(Layout::Plain))]
#[case("n/a", None, Err(unknown()))]
#[case("07700900123,2026-01-01", None, Err(unknown()))]
#[case("\"phone", None, Err(unknown()))]
#[case("name,town", Some(Layout::Csv), Err(LayoutError::NoDetail { columns: "`phone`".to_owned() }))]
#[case("listed_at", None, Err(LayoutError::NoDetail { columns: "`phone`".to_owned() }))]
#[case("phone,number", None, Err(LayoutError::Twice("phone")))]
#[case("phone,lited_at", None, Err(LayoutError::Misspelt { column: 2, meant: "listed_at" }))]
#[case("name,phone2,phone", None, Err(LayoutError::Misspelt { column: 2, meant: "phone" }))]
fn the_first_line_shows_the_layout(
    #[case] first: &str,
    #[case] asked: Option<Layout>,
    #[case] found: Result<Layout, LayoutError>,
) {
    assert_eq!(layout(first, asked), found);
}

fn table(first: &str) -> Table {
    Table::new(first, None, LIST, EITHER).unwrap()
}

#[test]
fn a_row_has_its_columns() {
    let mut table = table("Name, E-mail address ,topics,phone");
    assert_eq!(table.unused().collect::<Vec<_>>(), [1]);
    let row = table.row("\"Doe, \"\"Jo\"\"\", jo@example.com ,a;b,").unwrap().unwrap();
    assert_eq!(row.get(Column::Email), Some("jo@example.com"));
    assert_eq!((row.get(Column::Topics), row.get(Column::Phone), row.get(Column::Postal)), (Some("a;b"), None, None));
    assert_eq!(format!("{row:?}"), "[row]");
    assert!(table.row(",, ,").unwrap().is_none(), "nothing stands in it");
}

#[rstest::rstest]
#[case("jo@example.com", "this line has 1 columns, and the header has 2")]
#[case("jo@example.com,a,b", "this line has 3 columns, and the header has 2")]
#[case("\"jo@example.com,a", "a quotation mark is not closed on this line")]
#[case("jo@example.com,a\rb", "this line is no CSV")]
fn a_line_that_is_laid_out_otherwise_is_bad_and_hides_no_other(#[case] line: &str, #[case] why: &str) {
    let mut table = table("email,topics");
    assert_eq!(table.row(line).unwrap_err().to_string(), why);
    let columns = ",".repeat(MOST_COLUMNS);
    assert_eq!(table.row(&columns).unwrap_err().to_string(), "this line has more than 256 columns");
    let row = table.row("al@example.com,c").unwrap().unwrap();
    assert_eq!((row.get(Column::Email), row.get(Column::Topics)), (Some("al@example.com"), Some("c")));
}

#[test]
fn a_value_alone_is_what_it_looks_like() {
    let mut table = table("jo@example.com");
    assert!(!table.has_header());
    assert_eq!(table.row(" jo@example.com ").unwrap().unwrap().get(Column::Email), Some("jo@example.com"));
    assert_eq!(table.row("07700 900123").unwrap().unwrap().get(Column::Phone), Some("07700 900123"));
    assert!(table.row("Jo Doe").is_err());
    // Where only one thing is meant, whoever reads it says what is wrong with it.
    let mut table = Table::new("07700900123", None, REGISTER, PHONE).unwrap();
    assert_eq!(table.row("Jo Doe").unwrap().unwrap().get(Column::Phone), Some("Jo Doe"));
}
