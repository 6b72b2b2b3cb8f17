/** The emoji names people and apps use most; a name that is not here stays text. */

const TABLE = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|ok_hand 👌|clap 👏|raised_hands 🙌|pray 🙏|handshake 🤝|wave 👋
muscle 💪|point_right 👉|point_left 👈|point_up ☝️|point_down 👇|v ✌️|crossed_fingers 🤞|fist 👊
raising_hand 🙋|writing_hand ✍️|eyes 👀|brain 🧠|ear 👂|bust_in_silhouette 👤|busts_in_silhouette 👥
smile 😄|smiley 😃|grinning 😀|grin 😁|joy 😂|wink 😉|blush 😊|slightly_smiling_face 🙂|thinking_face 🤔
relieved 😌|sweat_smile 😅|neutral_face 😐|confused 😕|worried 😟|cry 😢|sob 😭|sleeping 😴|sunglasses 😎
star-struck 🤩|partying_face 🥳|heart_eyes 😍|hugging_face 🤗|upside_down_face 🙃|face_with_monocle 🧐
heart ❤️|green_heart 💚|blue_heart 💙|yellow_heart 💛|purple_heart 💜|orange_heart 🧡|broken_heart 💔|100 💯
tada 🎉|confetti_ball 🎊|sparkles ✨|star ⭐|star2 🌟|fire 🔥|zap ⚡|boom 💥|rocket 🚀|trophy 🏆|medal 🏅
first_place_medal 🥇|second_place_medal 🥈|third_place_medal 🥉|sports_medal 🏅|crown 👑|gem 💎|gift 🎁
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎
white_large_square ⬜|black_large_square ⬛|large_green_square 🟩|large_yellow_square 🟨|large_red_square 🟥
large_blue_square 🟦|large_orange_square 🟧|large_purple_square 🟪|white_square ⬜|black_square ⬛
large_green_circle 🟢|large_yellow_circle 🟡|red_circle 🔴|large_red_circle 🔴|large_blue_circle 🔵
large_orange_circle 🟠|large_purple_circle 🟣|white_circle ⚪|black_circle ⚫
warning ⚠️|no_entry ⛔|no_entry_sign 🚫|octagonal_sign 🛑|exclamation ❗|question ❓|bangbang ‼️
information_source ℹ️|bulb 💡|bell 🔔|no_bell 🔕|mega 📣|loudspeaker 📢|speech_balloon 💬|thought_balloon 💭
calendar 📅|date 📅|spiral_calendar_pad 🗓️|clock 🕒|clock1 🕐|clock8 🕗|clock9 🕘|clock12 🕛|alarm_clock ⏰
stopwatch ⏱️|timer_clock ⏲️|hourglass ⌛|hourglass_flowing_sand ⏳|watch ⌚
chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|clipboard 📋|memo 📝|pencil 📝
pencil2 ✏️|book 📖|books 📚|open_book 📖|notebook 📓|closed_book 📕|bookmark 🔖|page_facing_up 📄|scroll 📜
file_folder 📁|card_index_dividers 🗂️|inbox_tray 📥|outbox_tray 📤|package 📦|email 📧|envelope ✉️|link 🔗
paperclip 📎|pushpin 📌|round_pushpin 📍|triangular_flag_on_post 🚩|checkered_flag 🏁|dart 🎯|compass 🧭
world_map 🗺️|mag 🔍|mag_right 🔎|lock 🔒|unlock 🔓|key 🔑|gear ⚙️|wrench 🔧|hammer 🔨|hammer_and_wrench 🛠️
toolbox 🧰|building_construction 🏗️|jigsaw 🧩|computer 💻|desktop_computer 🖥️|keyboard ⌨️|phone ☎️
iphone 📱|robot_face 🤖|microphone 🎤|studio_microphone 🎙️|movie_camera 🎥|video_camera 📹|camera 📷
headphones 🎧|performing_arts 🎭|art 🎨|seedling 🌱|herb 🌿|four_leaf_clover 🍀|evergreen_tree 🌲|sunflower 🌻
sunrise 🌅|sunny ☀️|sun_with_face 🌞|cloud ☁️|rainbow 🌈|snowflake ❄️|umbrella ☔|crescent_moon 🌙|moon 🌙
first_quarter_moon 🌓|coffee ☕|tea 🍵|beer 🍺|pizza 🍕|cake 🍰|birthday 🎂|cookie 🍪|apple 🍎
runner 🏃|walking 🚶|bicyclist 🚴|mountain ⛰️|beach_with_umbrella 🏖️|palm_tree 🌴|airplane ✈️|train 🚆|car 🚗
house 🏠|office 🏢|hospital 🏥|school 🏫|mortar_board 🎓|briefcase 💼|moneybag 💰
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrow_upper_right ↗️|arrow_lower_right ↘️
arrows_counterclockwise 🔄|repeat 🔁|fast_forward ⏩|rewind ⏪|double_vertical_bar ⏸️|pause_button ⏸️
arrow_forward ▶️|black_right_pointing_double_triangle_with_vertical_bar ⏭️|heavy_plus_sign ➕
heavy_minus_sign ➖|wastebasket 🗑️|new 🆕|free 🆓|up 🆙|ok 🆗|sos 🆘|zzz 💤|battery 🔋|electric_plug 🔌
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|zero 0️⃣|keycap_ten 🔟
umbrella_on_ground ⛱️|bed 🛏️|pill 💊|adhesive_bandage 🩹|thermometer 🌡️|face_with_thermometer 🤒
family 👪|baby 👶|dog 🐶|cat 🐱|turtle 🐢|tortoise 🐢|owl 🦉|bee 🐝|butterfly 🦋|snail 🐌|unicorn_face 🦄
`;

/** @type {Map<string, string>} */
const EMOJI = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .map((pair) => /** @type {[string, string]} */ (pair.split(" "))),
);

const NAMED = /:([a-z0-9_+'-]+):(?::skin-tone-\d:)?/g;

/** What is offered for a quick reaction. */
export const QUICK_REACTIONS = ["+1", "tada", "heart", "eyes", "white_check_mark", "fire"];

/**
 * @param {string} name without colons
 * @returns {string | undefined}
 */
export function emojiOf(name) {
  return EMOJI.get(name);
}

/**
 * @param {string} text
 * @returns {string} the text with every known `:name:` as its character
 */
export function withEmoji(text) {
  return text.replace(NAMED, (code, name) => EMOJI.get(name) ?? code);
}
