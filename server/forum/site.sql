-- site_get(key text): what the site remembers under a name
SELECT value FROM site WHERE key = :key;

-- site_add!(key text, value blob): remembered once, never replaced
INSERT INTO site (key, value) VALUES (:key, :value)
    ON CONFLICT (key) DO NOTHING;
