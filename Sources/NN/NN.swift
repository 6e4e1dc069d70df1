import CBLASShim
