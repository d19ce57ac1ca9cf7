/** Invented names for invented people. */

export const FIRST = words(`
  Adela Amara Anouk Aristo Beata Bilal Bram Calia Cemre Chidi Dagny Daro Desta Edda Eilis Elio Emre Fadil Fenna Fiora
  Gisla Goran Hanne Haruki Idris Ilva Imani Ioan Jasna Jorun Kaito Kalea Kasia Kenji Lamin Leandra Liron Luzia Maelle
  Malik Marek Mirela Nadim Neven Noor Odile Oskar Petra Pilar Quentin Rania Renske Rufus Sabela Samir Saskia Sena Tadeo
  Tamsin Thandi Tiago Ulrika Vanja Viggo Wanda Xiomara Yara Yusra Zdenka Zoltan
`);

export const LAST = words(`
  Abernal Aldoran Amsberg Arvali Balcombe Barroveen Belsted Brankovar Calderis Castrell Corvane Dalbrook Delacourt
  Dranvik Eastmere Elborne Falkner Farrowgate Fenwold Galantis Garrowby Grenholm Hallinger Harvand Hollenbeck Ilvedson
  Jarrowe Jessamine Kallendor Karsgate Kelborn Kovanic Lambrick Larkwell Lindqvar Lorvette Maddern Marchetta Merrowin
  Mirendal Nakavori Norsted Oakhelm Okanwe Ostrander Palvery Penmarek Quillon Ravensby Redmaine Rosvelle Sandmoor
  Silverton Solvang Stavrou Tarrington Tilbrook Torvald Umberlin Valdemont Verano Vostrek Wellingard Westerby Wynstrom
  Yarrowin Zelenko Zirkano
`);

/** Firms that lend us people; the domains are reserved for examples (RFC 2606). */
export const FIRMS = ["brightforge.example", "northquay.example", "vantage-it.example"] as const;

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
