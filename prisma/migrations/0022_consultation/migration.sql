-- 公众意见: what somebody said of a unit's draft plan while it was shown to the public, without who said it and to the day only.
CREATE TABLE "consultation_opinions" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "block" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "day" DATE NOT NULL,

    CONSTRAINT "consultation_opinions_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "consultation_opinions_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
-- A number is never used twice, so that an answer given in an earlier round answers nothing of this one.
CREATE UNIQUE INDEX "consultation_opinions_case_id_block_number_key" ON "consultation_opinions"("case_id", "block", "number");
