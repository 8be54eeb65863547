import { stemmer } from '@orama/stemmers/spanish';
import { type Language, toWordSet } from './language.js';

export const spanish: Language = {
  code: 'es',
  stem: stemmer,
  stopWords: toWordSet(`
    el la los las lo un una unos unas de del al a ante con contra desde en entre hacia hasta para por según sin sobre tras
    yo tú tu usted él ella ello nosotros ustedes ellos ellas me te se nos os le les mi mis tus su sus nuestro nuestra
    este esta esto estos estas ese esa eso esos esas aquel aquella
    y e o u pero si que qué quien quién quienes cual cuál cuáles cuando cuándo donde dónde como cómo porque cuanto
    cuánto cuánta cuántos cuántas
    es son era eran soy eres somos ser sido está están estoy estar hay ha he han has había tener tiene tienen tengo
    puedo puede pueden puedes podemos podría debo debe quiero quiere quisiera
    no ni sí más menos muy también ya todo todos toda todas otro otra otros otras mismo
    hola gracias favor
  `),
  weakWords: toWordSet(`
    hacer hago hace hacen ir va van obtener usar uso encontrar funciona funcionar dar decir saber explicar necesito
    necesita hoy mañana ahora tiempo posible nuevo mejor tarda existe venden vender ofrecen aceptan versión
  `),
  backReferences: toWordSet('él ella ello ellos ellas lo la los las le les esto eso este esta ese esa estos esos'),
  continuation: /^(y|pero|o|entonces|también|qué tal)(?=\s)/,
  more: /^(más|más detalles|cuéntame más|continúa|por qué|cómo|y luego|qué más)[\s?!.]*$/,
  smallTalk: {
    greeting: /^¡?(hola|buenas|buenos días|buenas (tardes|noches))(?=$|[\s,.!?])/,
    thanks: /^¡?((muchas )?gracias|perfecto|genial)(?=$|[\s,.!?])/,
    farewell: /^¡?(adiós|hasta luego|hasta pronto|chao)(?=$|[\s,.!?])/,
    abilities:
      /^¿?(ayuda|ayúdame|qué (puedes|puede) hacer|quién (eres|es usted)|(cómo |en qué )?(puedes|me puedes|puede) (ayudar|ayudarme)|cómo estás)[\s?!.]*$/,
  },
  synonyms: [
    ['precio', 'coste', 'costo', 'cuesta', 'cuestan', 'tarifa', 'cuánto'],
    ['envío', 'entrega', 'enviar', 'envían', 'entregar', 'paquete'],
    ['devolución', 'devolver', 'devuelvo', 'cambio', 'cambiar'],
    ['reembolso', 'reembolsar', 'dinero'],
    ['garantía'],
    ['roto', 'defectuoso', 'dañado', 'reparación'],
    ['contacto', 'contactar', 'comunicarme'],
    ['teléfono', 'llamar', 'número'],
    ['email', 'correo', 'mail', 'e-mail'],
    ['horario', 'hora', 'abierto', 'abre', 'abren', 'apertura', 'cerrado', 'cierran'],
    ['dirección', 'ubicación', 'dónde están'],
    ['fin de semana', 'fines de semana', 'sábado', 'domingo'],
    ['aparcamiento', 'aparcar', 'parking', 'estacionar'],
    ['alquiler', 'alquilar'],
    ['reserva', 'reservar', 'cita'],
    ['pedido', 'comprar', 'compra', 'pedir'],
    ['pago', 'pagar', 'tarjeta', 'paypal'],
    ['gratis', 'gratuito'],
    ['instalar', 'instalación'],
    ['error', 'problema', 'fallo'],
    ['configuración', 'configurar', 'ajuste', 'opción'],
    ['privacidad', 'datos', 'cookies'],
    ['color', 'apariencia', 'estilo'],
    ['eliminar', 'borrar'],
    ['cancelar', 'detener'],
    ['idioma', 'traducción'],
    ['licencia'],
    ['producto', 'artículo'],
  ],
  onlyHeadings: toWordSet('hora'),
  facts: { price: 'precio', address: 'dirección', email: 'email', phone: 'teléfono', contact: 'contacto' },
  sentences: {
    greeting: '¡Hola! Respondo preguntas con el contenido de este sitio. Por ejemplo, puede preguntarme sobre:',
    thanks: '¡De nada! Pregúnteme lo que quiera sobre este sitio.',
    farewell: '¡Hasta luego! Vuelva cuando tenga una pregunta.',
    abilities: 'Respondo citando el contenido de este sitio, con un enlace al pasaje. Puedo ayudar con:',
    unknown: 'No he encontrado una respuesta a eso en el contenido de este sitio.',
    closest: 'Los temas más cercanos son:',
    topics: 'Puede preguntarme sobre:',
    nothingMore: 'Eso es todo lo que he encontrado sobre esto.',
  },
};
