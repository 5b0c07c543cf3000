// The keys on the screen, by language and by what is typed: at most ten in a row, so that each is 20 mm wide.
"use strict";
{
  const SIGNS = ["1 2 3 4 5 6 7 8 9 0", "@ # £ & % + = / ( )", "- _ . , ? ! ' \" : ;", "{abc} {space} {bksp} {done}"];
  const LATIN = (own, first = ["1 2 3 4 5 6 7 8 9 0"]) => {
    const rows = [...first, "q w e r t y u i o p", "a s d f g h j k l '", "{caps} z x c v b n m {bksp}", ...own];
    const low = [...rows, "{123} , {space} . {done}"];
    return {default: low, caps: low.map(row => row.replace(/(?<![{\p{L}])\p{L}(?![\p{L}}])/gu, one => one.toUpperCase())), signs: SIGNS};
  };
  const PAD = (...rows) => ({default: rows});
  const TEXT = {
    en: LATIN([]),
    pl: LATIN(["ą ć ę ł ń ó ś ź ż"], []),
    ar: {default: ["ض ص ث ق ف غ ع ه خ ح", "ج ش س ي ب ل ا ت ن م", "ك ط ذ د ز ر و ة ى ظ", "ء أ إ آ ئ ؤ ، {bksp}", "{123} ؟ {space} . {done}"],
      signs: SIGNS},
  };
  const email = LATIN([]);
  sayso.layout = (typing, language) => ({
    number: PAD("1 2 3", "4 5 6", "7 8 9", "{bksp} 0 {done}"),
    phone: PAD("1 2 3", "4 5 6", "7 8 9", "+ 0 {bksp}", "{space} {done}"),
    email: {...email, default: [...email.default.slice(0, -1), "{123} @ . - _ .uk .com {done}"]},
    code: PAD("1 2 3 4 5 6 7 8 9 0", "Q W E R T Y U I O P", "A S D F G H J K L -", "Z X C V B N M {bksp}", "{space} {done}"),
  }[typing] ?? TEXT[language] ?? TEXT.en);
}
