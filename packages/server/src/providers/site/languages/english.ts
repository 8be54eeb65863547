import { stemmer } from '@orama/stemmers/english';
import { type Language, toWordSet } from './language.js';

export const english: Language = {
  code: 'en',
  stem: stemmer,
  stopWords: toWordSet(`
    a an the this that these those it its he she they them their his her our your my mine me we us you i
    and or but if then than so as of at by for from in into on onto to with without about over under between
    is are was were be been being am do does did done doing have has had having
    can could will would shall should may might must cannot
    what which who whom whose when where why how there here
    not no nor don doesn didn isn aren wasn weren won wouldn couldn shouldn hasn haven ll ve re
    any some all each every both either neither other another such only own same too very just also even ever
    up out off again once more most much many few less least per via
    yes ok okay please hi hello hey thanks thank tell know explain let say mean does
    one ones something anything someone anybody everything thing things im ive whats hows wheres theres
    now still yet already really actually maybe
  `),
  weakWords: toWordSet(`
    use used using get getting got make made making want wanted need needed find give put go going come
    show see look try like able possible work works working way ways best good better great new
    long far often fast big happen happens take takes people person guys kind sort lot help
    set change support include included available different mean think talk read write create
    accept accepted today tomorrow now currently everything possible main first day days time exactly maximum minimum minimal sure certain want keep
    connect actual several whole consist contain provide send sent project software tool exist
    sell offer stock version
    site website webpage homepage bot chatbot comply compliant compliance
  `),
  backReferences: toWordSet('it its that this they them their these those one ones he she him her there same'),
  continuation: /^(and|but|so|also|or|then|what about|how about|what if|ok and|okay and)\b/,
  more: /^(tell me more|more|more please|more details?|go on|continue|and then|why|how so|how|explain|anything else|what else)( (about|on) (it|that|this))?[\s?!.]*$/,
  smallTalk: {
    greeting:
      /^(hi+(?![-\w])|hello|hey+|hiya|howdy|good (morning|afternoon|evening|day)|greetings)( there| you| all| bot)?\b/,
    thanks:
      /^(many thanks|thanks|thank you|thx|ty|cheers|(great|perfect|cool|nice|awesome)(?=\s*([,.!?]|$)|\s+thank)|ok|okay|got it)\b( (a lot|so much|very much|thanks|thank you))?/,
    farewell: /^(good ?bye|bye( bye)?|see (you|ya)( later)?|cya|have a (nice|good) (day|one))\b/,
    abilities:
      /^(so )?(help( me)?( please)?|(what|which) (can|could|do) (you|i)( possibly)? (do|help( me)? with|know( about)?|answer|ask( you)?( about)?|offer)|what (are|is) (you|this)( for| about)?|who are you|(how )?(can|could) you help( me)?|(what|which) (topics|questions) (can|could|do|should) (i|you)( possibly)?( ask| answer| cover| know| have)( you)?( about)?|how does this( chat)? work|how are you( doing)?( today)?)( here| for me| about| please)?[\s?!.]*$/,
  },
  synonyms: [
    ['price', 'cost', 'fee', 'pricing', 'charge', 'rate', 'expensive', 'cheap', 'how much'],
    ['shipping', 'delivery', 'deliver', 'ship', 'dispatch', 'postage', 'arrive', 'parcel', 'how long until i get'],
    ['return', 'send back', 'give back', 'bring back', 'sent back', 'take back', 'change my mind', 'changed my mind'],
    ['refund', 'money back', 'reimburse', 'get my money'],
    ['warranty', 'guarantee'],
    ['broken', 'defect', 'defective', 'faulty', 'damaged', 'repair', 'broke', 'stopped working'],
    [
      'contact',
      'reach you',
      'reach us',
      'reach out',
      'reach someone',
      'get in touch',
      'talk to a human',
      'talk to a person',
      'speak to a human',
      'speak to a person',
      'talk to',
      'speak to',
      'speak with',
      'talk with',
    ],
    ['phone', 'telephone', 'call', 'phone number', 'telephone number'],
    ['email', 'mail', 'e-mail'],
    ['open', 'opening', 'hours', 'closed', 'close', 'closing time'],
    [
      'address',
      'adress',
      'find you',
      'location',
      'located',
      'where are you',
      'where is your',
      'where can i find you',
      'where do i find you',
      'directions',
    ],
    ['weekend', 'saturday', 'sunday'],
    ['parking', 'park', 'car park'],
    ['rent', 'rental', 'hire'],
    ['booking', 'book', 'reserve', 'reservation', 'appointment'],
    ['order', 'buy', 'purchase'],
    ['pay', 'payment', 'credit card', 'visa', 'mastercard', 'paypal'],
    ['free', 'without paying', 'no cost', 'gratis'],
    ['install', 'installation', 'setup', 'set up'],
    ['start', 'begin', 'quickstart', 'get started', 'getting started', 'run', 'launch'],
    ['error', 'failure', 'fail', 'problem', 'issue', 'fault', 'crash', 'broken', 'goes wrong', 'go wrong'],
    ['outage', 'down', 'offline', 'unavailable'],
    ['configuration', 'config', 'configure', 'setting', 'option', 'customize', 'customise', 'adjust'],
    ['color', 'colour', 'theme', 'style', 'appearance', 'look like', 'look and feel', 'css', 'branding'],
    ['language', 'translation', 'translate', 'locale', 'localize', 'multilingual'],
    ['delete', 'remove', 'erase'],
    ['cancel', 'abort', 'stop', 'interrupt'],
    ['privacy', 'personal data', 'gdpr', 'ccpa', 'data protection', 'track me', 'cookies'],
    ['secure', 'security', 'safe', 'protect', 'xss'],
    ['license', 'licence', 'open source', 'commercially'],
    ['requirement', 'prerequisite', 'require'],
    ['example', 'sample', 'demo', 'snippet'],
    ['limit', 'maximum', 'max', 'at most'],
    ['image', 'picture', 'photo', 'screenshot'],
    ['fast', 'speed', 'performance', 'latency', 'slow', 'quick'],
    ['size', 'weigh', 'weight', 'heavy', 'how big', 'kilobyte', 'kb', 'gzip'],
    ['answer', 'reply', 'respond', 'response'],
    ['question', 'query', 'ask'],
    ['retry', 'try again', 'tries again', 'attempt'],
    ['website', 'site', 'page', 'web page', 'webpage', 'homepage'],
    ['embed', 'script tag', 'drop in', 'script'],
    ['add', 'put', 'embed', 'insert', 'integrate', 'integration'],
    ['domain', 'origin'],
    ['position', 'placement', 'corner', 'alignment'],
    ['document', 'content', 'knowledge base', 'own data'],
    ['keyboard', 'shortcut', 'hotkey', 'accessibility', 'accessible', 'screen reader', 'a11y', 'wcag'],
    ['deploy', 'deployment', 'host', 'self-host', 'production'],
    ['write', 'create', 'build', 'develop', 'implement'],
    ['update', 'upgrade', 'migrate', 'new version'],
    ['login', 'log in', 'sign in', 'account', 'password'],
    ['folder', 'directory', 'path'],
    ['fallback', 'failover', 'fail over', 'falls over', 'switch'],
    ['source', 'citation', 'cite', 'reference', 'where it got'],
    ['mobile', 'smartphone', 'phone', 'mobile phone'],
    ['timeout', 'time out', 'deadline', 'how long does it wait', 'give up'],
    ['header', 'headers'],
    ['hallucinate', 'invent', 'fabricate', 'make up', 'make things up', 'makes things up', 'made up'],
    ['bot', 'chatbot', 'chat', 'assistant'],
    ['product', 'item', 'article', 'goods'],
    ['job', 'career', 'vacancy', 'hiring'],
    ['discount', 'coupon', 'voucher', 'promo code'],
  ],
  onlyHeadings: toWordSet('hours charge rate'),
  facts: { price: 'price', address: 'address', email: 'email', phone: 'phone', contact: 'contact' },
  sentences: {
    greeting: 'Hello! I answer questions from the content of this site. For example, you can ask me about:',
    thanks: 'You are welcome! Ask me anything else about this site.',
    farewell: 'Goodbye! Come back whenever you have a question.',
    abilities: 'I answer questions by quoting the content of this site, with a link to the place. I can help with:',
    unknown: 'I could not find an answer to that in the content of this site.',
    closest: 'The closest topics are:',
    topics: 'You can ask me about:',
    nothingMore: 'That is all I found about this.',
  },
};
