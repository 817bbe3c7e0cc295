//! Tests of telling English from everything else.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

/// The stretches that are not read.
fn unread(text: &str) -> Vec<&str> {
    let mut stretches = Vec::new();
    foreign(text, |range| stretches.extend(text.get(range)));
    stretches
}

#[rstest]
#[case::welsh("Mae eich apwyntiad ddydd Llun am ddeg o'r gloch. Ffoniwch ni os oes angen newid yr amser.")]
#[case::welsh_offer("Cynnig arbennig: hanner pris ar bob tocyn tan ddydd Gwener")]
#[case::polish("Dziękujemy za zakupy w naszym sklepie. Twoje zamówienie zostało wysłane i dotrze do Ciebie jutro.")]
#[case::polish_without_marks("Twoja paczka czeka na odbior w punkcie. Kod odbioru wyslemy osobno.")]
#[case::french("Votre commande est prête. Vous pouvez venir la chercher dans notre magasin dès demain.")]
#[case::german("Ihre Bestellung ist unterwegs und wird morgen zwischen acht und zwölf Uhr geliefert.")]
#[case::spanish("Su pedido está en camino y llegará mañana por la mañana. Gracias por confiar en nosotros.")]
#[case::portuguese("A sua encomenda já foi enviada e chega amanhã. Obrigado por comprar na nossa loja.")]
#[case::italian("Il tuo ordine è stato spedito e arriverà domani mattina. Grazie per averci scelto.")]
#[case::romanian("Comanda dumneavoastră a fost expediată și va ajunge mâine. Vă mulțumim pentru încredere.")]
#[case::dutch("Uw bestelling is onderweg en wordt morgen tussen acht en twaalf uur bezorgd.")]
#[case::danish("Din ordre er på vej og bliver leveret i morgen mellem klokken otte og tolv.")]
#[case::swedish("Din beställning är på väg och levereras i morgon mellan klockan åtta och tolv.")]
#[case::irish("Tá do choinne ar an Luan ag a deich a chlog. Cuir glaoch orainn má tá ceist agat.")]
#[case::lithuanian("Jūsų užsakymas jau išsiųstas ir bus pristatytas rytoj iki vidurdienio.")]
#[case::turkish("Siparişiniz yola çıktı ve yarın öğleden önce size teslim edilecek.")]
#[case::romanised_urdu("Aap ka order kal tak pahunch jayega. Hum se kharidari karne ka shukriya.")]
#[case::urdu("آپ کا آرڈر کل تک پہنچ جائے گا۔ خریداری کا شکریہ۔")]
#[case::hindi("आपका ऑर्डर कल तक पहुँच जाएगा। खरीदारी के लिए धन्यवाद।")]
#[case::punjabi("ਤੁਹਾਡਾ ਆਰਡਰ ਕੱਲ੍ਹ ਤੱਕ ਪਹੁੰਚ ਜਾਵੇਗਾ।")]
#[case::bengali("আপনার অর্ডার আগামীকাল পৌঁছে যাবে।")]
#[case::arabic("سيصل طلبك غدا قبل الظهر.")]
#[case::chinese("您的订单将于明天送达。感谢您的购买。")]
#[case::ukrainian("Ваше замовлення вже в дорозі та прибуде завтра.")]
#[case::greek("Η παραγγελία σας θα φτάσει αύριο το πρωί.")]
#[case::in_capitals("TWOJE KONTO ZOSTAŁO ZABLOKOWANE. KLIKNIJ TUTAJ TERAZ.")]
#[case::with_a_name_first("Siobhán, tá do bhille anois ar fáil ar líne.")]
fn other_languages_are_told_as_unread(#[case] text: &str) {
    assert_eq!(unread(text), [text]);
}

#[rstest]
#[case::sentence("Your order is on its way and will be with you tomorrow.")]
#[case::heading("20% off")]
#[case::one_word("Sale")]
#[case::name("Łukasz Kowalski")]
#[case::names("Siobhán O'Brien, Dafydd ap Gwilym and Zoë Müller")]
#[case::number("Order #123")]
#[case::code("Use XJ-2025-QQ at checkout")]
#[case::address("14 Heol y Deri, Caerdydd CF14 6HG")]
#[case::places("Costa del Sol, Rio de Janeiro, Los Angeles")]
#[case::shops("Café Rouge and Le Creuset at Bicester Village")]
#[case::dishes("Crème brûlée, pâté and jalapeño poppers")]
#[case::link("Go to https://www.przyklad.example/zamowienie/dziekujemy to pay")]
#[case::domain("twoje.zamowienie.example.com")]
#[case::placeholders("Hi {{ imie_i_nazwisko }}, [[dla ciebie oraz]] <%= nazwa dla konta %> *|NIE|* is ready")]
#[case::slang("Hav u won? txt CLAIM 2 80062 b4 2nite, luv it or leave it")]
#[case::shouting("MEGA XMAS BLOWOUT! HALF PRICE TELLYS! HURRY!")]
#[case::list("Green leather wallet, cotton socks, woollen hat, silver ring")]
#[case::title("Black Friday Tech Deals Now Live")]
#[case::unit("1,299 kWh at 24.5p plus 61.6p a day")]
#[case::greek_letter("The α and β versions of π")]
#[case::laughter("ha ha ha, oh la la")]
#[case::symbols("★★★★★ → £££ ✓ ℹ ™")]
#[case::abbreviations("e.g. St. Mary's Rd., approx. 5 min. from the A4")]
#[case::nothing("")]
#[case::bars("| / * --- •")]
fn english_and_what_is_of_no_language_is_read(#[case] text: &str) {
    assert_eq!(unread(text), Vec::<&str>::new());
}

#[rstest]
#[case::lines(
    "Your appointment is on Monday at ten.\nMae eich apwyntiad ddydd Llun am ddeg.\nPlease call us to change it.",
    &["Mae eich apwyntiad ddydd Llun am ddeg."]
)]
#[case::sentences(
    "Your bin is collected today. Mae eich bin yn cael ei gasglu heddiw. Thank you!",
    &["Mae eich bin yn cael ei gasglu heddiw."]
)]
#[case::bars(
    "Bydd y ganolfan ar gau yfory oherwydd y tywydd / The centre is closed tomorrow because of the weather",
    &["Bydd y ganolfan ar gau yfory oherwydd y tywydd"]
)]
#[case::what_stands_between(
    "Dziękujemy za zamówienie, które właśnie do nas dotarło.\nAnna Nowak\nPaczka dotrze do Ciebie już jutro rano.\nThank you for your order.",
    &["Dziękujemy za zamówienie, które właśnie do nas dotarło.\nAnna Nowak\nPaczka dotrze do Ciebie już jutro rano."]
)]
#[case::a_sentence_within_another_text(
    "We have the same message for you in Polish below. Oferta jest ważna tylko do końca tego tygodnia. Ask us about it!",
    &["Oferta jest ważna tylko do końca tego tygodnia."]
)]
fn of_two_languages_the_other_is_told(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(unread(text), expected);
}

#[test]
fn letters_that_only_look_like_those_of_english_are_not_read() {
    // The first letters are Cyrillic.
    assert_eq!(unread("Уоur ассоunt hаs bееn susреndеd"), ["Уоur ассоunt hаs bееn susреndеd"]);
}

proptest! {
    #[test]
    fn any_text_is_judged_and_the_stretches_ascend(text in "(.|[a-z ąé.ж\n{}|']){0,120}") {
        let mut last = 0;
        let mut ranges = Vec::new();
        foreign(&text, |range| ranges.push(range));
        for range in ranges {
            prop_assert!(range.start >= last && range.start < range.end);
            prop_assert!(text.get(range.clone()).is_some());
            last = range.end;
        }
    }
}

#[rstest]
#[case("nie ")]
#[case("nie\n")]
#[case("nie dla nas. For the rest of you. ")]
#[case("{{ ")]
#[case("'")]
#[case("a\u{301}")]
#[case("ж")]
fn a_megabyte_of_one_thing_is_judged(#[case] bit: &str) {
    let text = bit.repeat(1_000_000 / bit.len());
    assert!(unread(&text).len() <= text.len() / bit.len());
}
