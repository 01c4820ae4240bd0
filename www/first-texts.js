// @ts-check
/**
 * What the element says before its texts are loaded. The same words as in i18n/, which are too many to load for a box
 * that nobody may use; a test compares them.
 */

/** Label, placeholder, promise, loading, and what is said when nothing could be loaded. @type {Record<string, string[]>} */
const WORDS = {
  en: [
    "Your error",
    "Paste an error message, a log or everything on your screen",
    "Stays on this machine: nothing you paste is sent anywhere.",
    "One moment, the catalog is being loaded.",
    "This could not be loaded. Check the connection and try again.",
  ],
  nl: [
    "Uw foutmelding",
    "Plak een foutmelding, een logboek of alles wat op uw scherm staat",
    "Blijft op deze computer: wat u plakt, wordt nergens heen gestuurd.",
    "Een ogenblik, de catalogus wordt geladen.",
    "Dit kon niet worden geladen. Controleer de verbinding en probeer het opnieuw.",
  ],
  sv: [
    "Ditt felmeddelande",
    "Klistra in ett felmeddelande, en logg eller allt som står på skärmen",
    "Stannar på den här datorn: inget du klistrar in skickas någonstans.",
    "Ett ögonblick, katalogen läses in.",
    "Det här kunde inte läsas in. Kontrollera anslutningen och försök igen.",
  ],
  ko: [
    "오류 내용",
    "오류 메시지나 로그, 또는 화면에 보이는 내용을 그대로 붙여넣으세요",
    "이 기기를 벗어나지 않습니다. 붙여넣은 내용은 어디에도 전송되지 않습니다.",
    "카탈로그를 불러오고 있습니다. 잠시만 기다려 주세요.",
    "불러오지 못했습니다. 네트워크 연결을 확인하고 다시 시도하세요.",
  ],
};

/** @param {string} lang one of `LANGUAGES` */
export function firstTexts(lang) {
  const [label = "", placeholder = "", privacy = "", loading = "", failed = ""] = WORDS[lang] ?? [];
  return { label, placeholder, privacy, loading, failed };
}
