import { stemmer } from '@orama/stemmers/french';
import { type Language, toWordSet } from './language.js';

export const french: Language = {
  code: 'fr',
  // The stemmer keeps the plural of "vélos" and "menus", as it could be the end of another word.
  stem: (word) => stemmer(word.length > 3 ? word.replace(/(?<=[aiou])s$/, '') : word),
  stopWords: toWordSet(`
    le la les l un une des du de d au aux ce cet cette ces c ça cela ceci
    je j tu il elle on nous vous ils elles me m te t se s lui leur leurs y en moi toi
    mon ma mes ton ta tes son sa ses notre nos votre vos
    et ou mais donc or ni car si que qu qui quoi quel quelle quels quelles quand où comment pourquoi combien dont lequel
    est sont était étaient suis es sommes êtes être été sera seront ai as a avons avez ont avait avoir
    peux puis peut pouvez pouvons peuvent pourrais pourrait dois doit devez faut veux veut voudrais voulez
    dans par pour sur sous avec sans chez vers entre depuis pendant après avant à
    ne n pas plus moins non oui aussi très bien tout tous toute toutes même autre autres
    bonjour merci salut svp plaît
  `),
  weakWords: toWordSet(`
    faire fait fais font aller va vont avoir obtenir utiliser trouver marche fonctionne fonctionner donner dire
    savoir expliquer longtemps possible besoin nouveau meilleur prend prendre prenez acceptez proposez vendez vendre existe version
    aujourd hui demain maintenant
  `),
  backReferences: toWordSet('il elle ils elles le la les lui leur ça cela ceci ce celui celle ceux y en'),
  continuation: /^(et|mais|ou|alors|aussi|qu'en est-il)(?=\s)/,
  more: /^(plus|plus de détails|dis m'en plus|continue|pourquoi|comment|et ensuite|quoi d'autre)[\s?!.]*$/,
  smallTalk: {
    greeting: /^(bonjour|bonsoir|salut|coucou)(?=$|[\s,.!?])/,
    thanks: /^(merci( beaucoup| bien)?|super|parfait|génial)(?=$|[\s,.!?])/,
    farewell: /^(au revoir|à bientôt|bonne journée)(?=$|[\s,.!?])/,
    abilities:
      /^(aide|aidez[- ]moi|que (peux[- ]tu|pouvez[- ]vous) faire|qui (es[- ]tu|êtes[- ]vous)|(comment )?(peux[- ]tu|pouvez[- ]vous) m'aider|(comment )?ça va|qu'est[- ]ce que (tu peux|vous pouvez) faire)[\s?!.]*$/,
  },
  synonyms: [
    ['prix', 'coût', 'coûte', 'coûtent', 'tarif', 'frais', 'combien'],
    ['livraison', 'livrer', 'livrez', 'expédition', 'envoi', 'colis'],
    ['retour', 'retourner', 'renvoyer', 'échange', 'échanger', 'rétractation'],
    ['remboursement', 'rembourser', 'remboursé'],
    ['garantie', 'garanti'],
    ['cassé', 'défectueux', 'endommagé', 'réparation', 'panne'],
    ['contact', 'contacter', 'joindre'],
    ['téléphone', 'appeler', 'numéro'],
    ['email', 'mail', 'courriel', 'e-mail'],
    ['horaires', 'heure', 'ouvert', 'ouverture', 'fermé', 'ouvrez'],
    ['adresse', 'accès', 'où êtes-vous', 'où vous trouver', 'situé'],
    ['week-end', 'weekend', 'samedi', 'dimanche'],
    ['parking', 'stationnement', 'stationner', 'garer'],
    ['location', 'louer'],
    ['réservation', 'réserver', 'rendez-vous', 'rdv'],
    ['commande', 'commander', 'acheter', 'achat'],
    ['paiement', 'payer', 'carte bancaire', 'paypal'],
    ['gratuit', 'gratuitement'],
    ['installer', 'installation'],
    ['erreur', 'problème'],
    ['configuration', 'configurer', 'réglage', 'paramètre', 'option'],
    ['confidentialité', 'données', 'cookies', 'rgpd'],
    ['couleur', 'apparence', 'style'],
    ['supprimer', 'effacer'],
    ['annuler', 'arrêter'],
    ['langue', 'traduction'],
    ['licence'],
    ['produit', 'article'],
  ],
  onlyHeadings: toWordSet('heure'),
  facts: { price: 'prix', address: 'adresse', email: 'email', phone: 'téléphone', contact: 'contact' },
  sentences: {
    greeting: 'Bonjour ! Je réponds aux questions à partir du contenu de ce site. Par exemple, interrogez-moi sur :',
    thanks: 'Je vous en prie ! Posez-moi une autre question sur ce site.',
    farewell: 'Au revoir ! Revenez dès que vous avez une question.',
    abilities:
      'Je réponds en citant le contenu de ce site, avec un lien vers le passage. Je peux vous aider sur ces sujets :',
    unknown: "Je n'ai pas trouvé de réponse à cela dans le contenu de ce site.",
    closest: 'Les sujets les plus proches sont :',
    topics: 'Vous pouvez m’interroger sur :',
    nothingMore: "C'est tout ce que j'ai trouvé à ce sujet.",
  },
};
