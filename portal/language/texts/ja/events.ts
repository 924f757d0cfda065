import type { events as english } from "../en/events.ts";
import type { Translation } from "../en.ts";

export const events: Translation<typeof english> = {
  "events.title": "イベント",
  "events.intro": "発生するイベントと、そのときサーバーに届く内容です。",
  "events.empty": "説明のあるイベントはまだありません",
  "events.emptyText": "エンドポイントはそのまま使えます。イベントは名前で指定してください。",
  "events.find": "イベントを検索",
  "events.noMatch": "「{text}」に一致するイベントはありません。",
  "events.deprecated": "非推奨",
  "events.archived": "アーカイブ済み",
  "events.receive": "受信する",
  "events.receiveText": "このイベントを受信するエンドポイントを追加します。",
  "events.example": "例",
  "events.exampleText": "リクエストの本文です。例は「data」に入ります。",
  "events.exampleNumber": "例 {count}",
  "events.noExample": "例はありません。",
  "events.send": "この例を自分に送信",
  "events.sendTo": "送信先のエンドポイント",
  "events.sendText":
    "署名を付けて今すぐ送信します。「webhook-test」ヘッダーがテストであることを示します。",
  "events.sendNone": "この例を受け取るには、エンドポイントを追加してください。",
  "events.schema": "スキーマ",
  "events.version": "バージョン {count}",
  "events.noSchema": "データの形式は自由です。",
  "events.fields": "フィールド",
  "events.field": "フィールド",
  "events.type": "型",
  "events.meaning": "説明",
  "events.required": "常に存在",
  "events.asJson": "スキーマ全体",
};
