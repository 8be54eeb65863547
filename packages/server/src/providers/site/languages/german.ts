import { stemmer } from '@orama/stemmers/german';
import { type Language, toWordSet } from './language.js';

export const german: Language = {
  code: 'de',
  stem: stemmer,
  // "Vermietet", "speichert": the stemmer leaves the ending of a verb, as it could be that of a noun.
  toInfinitives: (word) => (/[^aiou]t$/.test(word) ? [word.replace(/e?t$/, 'en'), word.replace(/t$/, 'n')] : []),
  joinsNouns: true,
  stopWords: toWordSet(`
    der die das den dem des ein eine einen einem einer eines kein keine keinen dieser diese dieses diesen diesem
    ich du er sie es wir ihr man mich mir dich dir uns euch ihm ihn ihnen sich mein meine meinen meinem meiner
    dein deine deinen sein seine seinen ihre ihren ihrem ihrer unser unsere euer eure
    und oder aber wenn dann als so wie was wer wen wem wann wo warum wieso weshalb welche welcher welches welchen wozu
    womit wofür wieviel viel viele wohin woher
    ist sind war waren bin bist seid sein gewesen wird werden wurde wurden werde hat habe haben hast habt hatte hatten
    könnt wollt sollt müsst dürft kann können kannst könnte könnten könnt muss müssen müsste soll sollen sollte darf dürfen will wollen möchte
    möchten mag
    in im ins an am ans auf aus bei beim bis durch für gegen mit nach ohne seit über um unter von vom vor zu zum zur
    zwischen pro
    nicht nichts ja nein bitte danke hallo hi auch nur noch schon sehr mehr da dort hier es etwas denn mal eigentlich
    gibt geben dass daß ob alle alles jeder jede jedes
  `),
  weakWords: toWordSet(`
    machen mache macht tun tut geht gehen bekommen bekomme brauche brauchen finde finden benutzen nutzen verwenden
    funktioniert funktionieren sagen sag erklären lange weit gut besten beste neu neue passiert kommen kommt
    verkauft verkaufen bietet anbieten version
    heute morgen jetzt aktuell erhalte erhalten möglich unterstützt stehen steht
  `),
  backReferences: toWordSet(
    'es das dies diese dieser dieses sie ihn ihm er dafür davon damit daran dazu dabei die denen',
  ),
  continuation: /^(und|aber|oder|also|was ist mit|wie ist es mit|wie sieht es mit)(?=\s)/,
  more: /^(mehr|mehr dazu|mehr details|erzähl mir mehr|weiter|warum|wieso|wie|und dann|noch etwas|was noch)[\s?!.]*$/,
  smallTalk: {
    greeting: /^(hallo|hi|hey|moin|servus|grüß gott|guten (tag|morgen|abend))( zusammen)?(?=$|[\s,.!?])/,
    thanks: /^(vielen dank|danke( schön| sehr| dir| ihnen)?|dankeschön|super|toll|prima|perfekt)(?=$|[\s,.!?])/,
    farewell: /^(tschüss|tschüs|ciao|auf wiedersehen|bis (bald|dann|später))(?=$|[\s,.!?])/,
    abilities:
      /^(hilfe|was (kannst|können) (du|sie)( alles)?( für mich)?( tun| machen)?|wer (bist du|sind sie)|(wobei|womit|wie) (kannst|können) (du|sie)( mir)? helfen|kannst du mir helfen|können sie mir helfen|was ist das hier|wie geht es (dir|ihnen))[\s?!.]*$/,
  },
  synonyms: [
    ['preis', 'kosten', 'kostet', 'gebühr', 'teuer', 'wie viel', 'wieviel'],
    ['versand', 'lieferung', 'liefern', 'liefert', 'zustellung', 'verschicken', 'versenden', 'paket'],
    ['rückgabe', 'retoure', 'zurückgeben', 'zurückschicken', 'umtausch', 'umtauschen', 'widerruf'],
    ['erstattung', 'geld zurück', 'rückerstattung', 'erstatten'],
    ['garantie', 'gewährleistung'],
    ['kaputt', 'defekt', 'beschädigt', 'reparatur'],
    [
      'kontakt',
      'erreichen',
      'erreiche',
      'kontaktieren',
      'ansprechpartner',
      'kundenservice',
      'kundendienst',
      'menschen sprechen',
      'mitarbeiter sprechen',
    ],
    ['telefon', 'anrufen', 'telefonnummer'],
    ['email', 'mail', 'e-mail'],
    ['öffnungszeiten', 'geöffnet', 'offen', 'geschlossen', 'auf haben', 'öffnet', 'schließen', 'schließt'],
    [
      'adresse',
      'standort',
      'anfahrt',
      'wo seid ihr',
      'wo sind sie',
      'wo finde ich euch',
      'wo finde ich sie',
      'wo liegt',
    ],
    ['wochenende', 'samstag', 'sonnabend', 'sonntag'],
    ['parken', 'parkplatz', 'stellplatz'],
    ['mieten', 'miete', 'leihen', 'ausleihen', 'verleih', 'vermietung'],
    ['buchen', 'buchung', 'reservieren', 'reservierung', 'termin vereinbaren'],
    ['bestellen', 'bestellung', 'kaufen', 'kauf'],
    ['zahlung', 'bezahlen', 'zahlen', 'kreditkarte', 'paypal'],
    ['kostenlos', 'gratis', 'umsonst'],
    ['installieren', 'installation', 'einrichten', 'einrichtung'],
    ['fehler', 'problem', 'störung'],
    ['einstellung', 'konfiguration', 'konfigurieren', 'anpassen', 'option'],
    ['datenschutz', 'daten', 'cookies', 'dsgvo'],
    ['farbe', 'aussehen', 'design', 'stil'],
    ['löschen', 'entfernen'],
    ['stornieren', 'abbrechen', 'stoppen'],
    ['sprache', 'übersetzung'],
    ['lizenz', 'quelloffen'],
    ['produkt', 'artikel', 'ware'],
  ],
  onlyHeadings: new Set(),
  facts: { price: 'preis', address: 'adresse', email: 'email', phone: 'telefon', contact: 'kontakt' },
  sentences: {
    greeting: 'Hallo! Ich beantworte Fragen aus den Inhalten dieser Website. Fragen Sie mich zum Beispiel nach:',
    thanks: 'Gern geschehen! Fragen Sie mich gern noch etwas zu dieser Website.',
    farewell: 'Auf Wiedersehen! Kommen Sie wieder, wenn Sie eine Frage haben.',
    abilities:
      'Ich beantworte Fragen mit Zitaten aus den Inhalten dieser Website und verlinke die Stelle. Ich kann helfen bei:',
    unknown: 'Dazu habe ich in den Inhalten dieser Website keine Antwort gefunden.',
    closest: 'Am nächsten kommen diese Themen:',
    topics: 'Sie können mich fragen nach:',
    nothingMore: 'Mehr habe ich dazu nicht gefunden.',
  },
};
